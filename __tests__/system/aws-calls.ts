import { createHash } from "node:crypto";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DeleteCommand, DynamoDBDocumentClient, PutCommand } from "@aws-sdk/lib-dynamodb";
import { sign } from "../../local/gateway/signature-v4";
import type { ReadyReport } from "../../local/report";

const CATALOGUE = "vod-catalogue-local";

/** Calls of the operator for which the project has no client: an event sent by hand, a look into a queue. */
export class AwsCalls {
  private readonly catalogue: DynamoDBDocumentClient;

  constructor(private readonly report: ReadyReport) {
    const { endpoint, region, accessKeyId, secretAccessKey } = report.aws;
    const credentials = { accessKeyId, secretAccessKey };
    this.catalogue = DynamoDBDocumentClient.from(new DynamoDBClient({ endpoint, region, credentials }));
  }

  /** Invokes a function as an event does: accepted at once, retried, parked. */
  async invokeByEvent(name: string, event: unknown): Promise<void> {
    const path = `/2015-03-31/functions/${name}/invocations`;
    const response = await this.post("lambda", path, event, { "x-amz-invocation-type": "Event" });
    if (response.status !== 202) throw new Error(`Lambda answered ${response.status}: ${await response.text()}`);
  }

  /** Bodies of the messages that wait in a queue, left there. */
  async waiting(queue: string): Promise<unknown[]> {
    const { region } = this.report.aws;
    const input = {
      QueueUrl: `https://sqs.${region}.amazonaws.com/000000000000/${queue}`,
      MaxNumberOfMessages: 10,
      VisibilityTimeout: 0,
    };
    const headers = { "x-amz-target": "AmazonSQS.ReceiveMessage", "content-type": "application/x-amz-json-1.0" };
    const response = await this.post("sqs", "/", input, headers);
    const { Messages = [] } = (await response.json()) as { Messages?: { Body: string }[] };
    return Messages.map(({ Body }) => JSON.parse(Body) as unknown);
  }

  /** Writes a title's item as it is given, whatever is in it. */
  async putItem(item: Record<string, unknown>): Promise<void> {
    await this.catalogue.send(new PutCommand({ TableName: CATALOGUE, Item: item }));
  }

  async deleteItem(assetId: string): Promise<void> {
    await this.catalogue.send(new DeleteCommand({ TableName: CATALOGUE, Key: { assetId } }));
  }

  close(): void {
    this.catalogue.destroy();
  }

  private post(service: string, path: string, input: unknown, extra: Record<string, string>): Promise<Response> {
    const { endpoint, region, accessKeyId, secretAccessKey } = this.report.aws;
    const body = JSON.stringify(input);
    const payloadHash = createHash("sha256").update(body).digest("hex");
    const { host: _host, ...headers } = sign(
      { method: "POST", host: new URL(endpoint).host, path, headers: extra },
      { credentials: { accessKeyId, secretAccessKey }, service, region, clock: Date.now, payloadHash },
    );
    return fetch(`${endpoint}${path}`, { method: "POST", headers, body });
  }
}
