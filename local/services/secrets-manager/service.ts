import { join } from "node:path";
import { AwsError, type Authorize, type AwsRequest, type AwsService, type Principal } from "../../kernel/aws-service";
import type { Clock } from "../../kernel/clock";
import type { Deployment } from "../../terraform/deployment";
import { encryptionKeys } from "../../terraform/encryption-keys";
import { keyUse } from "../key-use";
import { deploySecrets } from "./deployed-secrets";
import { OPERATIONS, type Input, type SecretsContext } from "./operations";
import { CURRENT, PREVIOUS } from "./secret";
import { SecretStore } from "./secret-store";

export interface SecretsManagerOptions {
  readonly deployment: Deployment;
  /** Holds `secrets.json`, which its owner alone may read. */
  readonly directory: string;
  readonly authorize: Authorize;
  readonly clock: Clock;
  /** Cryptographically random bytes. */
  readonly random: (bytes: number) => Buffer;
  /** UUIDs for versions. */
  readonly newId: () => string;
}

export interface SecretsManagerService extends AwsService {
  /** The current value of a secret, by ARN or name. @throws AwsError `ResourceNotFoundException` */
  value(as: Principal, id: string): Promise<string>;
  /**
   * The current value and then the previous one, where there is one: both are good while a secret is rotated. Asked for
   * as MediaPackage's documents say: described, its versions listed, each read.
   */
  values(as: Principal, id: string): Promise<string[]>;
  /** Makes a value the current one. */
  put(as: Principal, id: string, value: string): Promise<void>;
}

/** Secrets Manager with the secrets of the deployment. */
export function createSecretsManager(options: SecretsManagerOptions): SecretsManagerService {
  const { deployment, authorize, clock, random, newId } = options;
  const store = new SecretStore(join(options.directory, "secrets.json"));
  deploySecrets(deployment, store, clock(), newId);
  const { account, region } = deployment;
  const useKey = keyUse(authorize, account, region, "secretsmanager");
  const { arnOf: keyArnOf } = encryptionKeys(deployment);
  const context: SecretsContext = { account, region, store, authorize, useKey, keyArnOf, clock, random, newId };
  const stored = async (as: Principal, id: string, stage: string): Promise<string> => {
    const answer = operation("GetSecretValue")(context, as, { SecretId: id, VersionStage: stage });
    return (answer as { readonly SecretString?: string }).SecretString ?? "";
  };
  return {
    name: "secretsmanager",
    handle: async (request) => {
      const name = String(request.headers["x-amz-target"] ?? "").replace(/^secretsmanager\./, "");
      const answer = operation(name)(context, request.principal, await readInput(request));
      return { status: 200, headers: { "content-type": "application/x-amz-json-1.1" }, body: JSON.stringify(answer) };
    },
    value: (as, id) => stored(as, id, CURRENT),
    values: async (as, id) => {
      operation("DescribeSecret")(context, as, { SecretId: id });
      const { Versions } = operation("ListSecretVersionIds")(context, as, { SecretId: id }) as {
        readonly Versions: readonly { readonly VersionStages: readonly string[] }[];
      };
      const stages = [CURRENT, PREVIOUS].filter((stage) => Versions.some((one) => one.VersionStages.includes(stage)));
      return Promise.all(stages.map((stage) => stored(as, id, stage)));
    },
    put: async (as, id, value) => void operation("PutSecretValue")(context, as, { SecretId: id, SecretString: value }),
  };
}

function operation(name: string): (typeof OPERATIONS)[string] {
  const found = Object.hasOwn(OPERATIONS, name) ? OPERATIONS[name] : undefined;
  if (found) return found;
  throw new AwsError(
    "UnknownOperationException",
    `secretsmanager: ${name || "no operation"} is not known here; there are: ${Object.keys(OPERATIONS).join(", ")}`,
    400,
  );
}

async function readInput({ body }: AwsRequest): Promise<Input> {
  const parts: Buffer[] = [];
  for await (const part of body as AsyncIterable<Buffer>) parts.push(part);
  try {
    return JSON.parse(Buffer.concat(parts).toString("utf8")) as Input;
  } catch {
    throw new AwsError("SerializationException", "The request's body is not JSON.", 400);
  }
}
