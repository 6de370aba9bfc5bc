import { AwsError, type Authorize, type AwsRequest, type AwsResponse, type AwsService } from "../../kernel/aws-service";
import type { Deployment } from "../../terraform/deployment";
import { crc32 } from "node:zlib";
import { calledResources, type Place } from "./called-resources";
import { startDynalite, type EngineAnswer } from "./dynalite-engine";
import { ensureTable } from "./ensure-table";
import { tableKeys } from "./table-keys";
import { tableDefinition } from "./table-definition";

export interface DynamoDbOptions {
  readonly deployment: Deployment;
  /** Directory of the database. */
  readonly directory: string;
  readonly authorize: Authorize;
  /** Cryptographically random bytes. */
  readonly random: (bytes: number) => Buffer;
}

export interface DynamoDbService extends AwsService {
  /** Closes the database. */
  stop(): Promise<void>;
}

/** DynamoDB by dynalite, with the tables of the deployment. It has no transactions and never expires an item. */
export async function createDynamoDbService(options: DynamoDbOptions): Promise<DynamoDbService> {
  const { deployment, directory, authorize, random } = options;
  const engine = await startDynalite(directory, random);
  try {
    for (const table of deployment.all("aws_dynamodb_table"))
      await ensureTable(engine, tableDefinition(table), directory);
  } catch (error) {
    await engine.stop();
    throw error;
  }
  const openTable = tableKeys(deployment, authorize);
  return {
    name: "dynamodb",
    stop: () => engine.stop(),
    async handle(request) {
      const body = await readAll(request);
      const action = String(request.headers["x-amz-target"] ?? "").split(".")[1] ?? "";
      for (const resource of calledResources(parse(body), deployment)) {
        authorize(request.principal, `dynamodb:${action}`, resource);
        openTable(request.principal, action, resource);
      }
      return answer(await engine.send(request.headers, body), deployment);
    },
  };
}

async function readAll({ body }: AwsRequest): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of body as AsyncIterable<Buffer>) parts.push(part);
  return Buffer.concat(parts);
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    throw new AwsError("SerializationException", "The request's body is not JSON.", 400);
  }
}

/** dynalite takes account and Region of its ARNs from the environment, which is not this deployment's. */
const ENGINE_ARN = /"arn:aws:dynamodb:[a-z0-9-]+:\d*:table\//g;

function answer({ status, headers, body }: EngineAnswer, { account, region }: Place): AwsResponse {
  const shown = Buffer.from(body.toString("utf8").replace(ENGINE_ARN, `"arn:aws:dynamodb:${region}:${account}:table/`));
  return {
    status,
    headers: {
      "content-type": headers["content-type"] ?? "application/x-amz-json-1.0",
      "x-amz-crc32": String(crc32(shown)),
    },
    body: shown,
  };
}
