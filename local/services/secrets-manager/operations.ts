import { AwsError, type Authorize, type Principal } from "../../kernel/aws-service";
import type { Clock } from "../../kernel/clock";
import type { KeyAction, UseKey } from "../key-use";
import { CURRENT, withVersion, type Secret, type SecretVersion } from "./secret";
import type { SecretStore } from "./secret-store";

export interface SecretsContext {
  readonly account: string;
  readonly region: string;
  readonly store: SecretStore;
  readonly authorize: Authorize;
  readonly useKey: UseKey;
  /** ARN of a key by any of its names; undefined for one that the stack does not make. */
  readonly keyArnOf: (name: string) => string | undefined;
  readonly clock: Clock;
  readonly random: (bytes: number) => Buffer;
  readonly newId: () => string;
}

export type Input = Readonly<Record<string, unknown>>;
type Operation = (context: SecretsContext, principal: Principal, input: Input) => object;

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_Operations.html */
export const OPERATIONS: Readonly<Record<string, Operation>> = {
  GetSecretValue: getSecretValue,
  PutSecretValue: putSecretValue,
  DescribeSecret: describeSecret,
  ListSecretVersionIds: listSecretVersionIds,
  CreateSecret: createSecret,
  ListSecrets: listSecrets,
};

function getSecretValue(context: SecretsContext, principal: Principal, input: Input): object {
  const secret = authorized(context, principal, "GetSecretValue", input);
  const version = findVersion(secret, input);
  openSecret(context, principal, secret, version.id, ["Decrypt"]);
  return {
    ARN: secret.arn,
    Name: secret.name,
    VersionId: version.id,
    ...(version.string === undefined ? { SecretBinary: version.binary } : { SecretString: version.string }),
    VersionStages: version.stages,
    CreatedDate: version.created / 1000,
  };
}

function putSecretValue(context: SecretsContext, principal: Principal, input: Input): object {
  const secret = authorized(context, principal, "PutSecretValue", input);
  const stages = Array.isArray(input.VersionStages) ? input.VersionStages.map(String) : [CURRENT];
  const version = newVersion(context, input, stages);
  if (!version) throw invalid("You must provide either SecretString or SecretBinary.");
  openSecret(context, principal, secret, version.id, ["GenerateDataKey", "Decrypt"]);
  const same = secret.versions.find(({ id }) => id === version.id);
  if (same && (same.string !== version.string || same.binary !== version.binary)) {
    throw new AwsError("ResourceExistsException", `A version ${version.id} with another value already exists.`, 400);
  }
  if (!same) context.store.save(withVersion(secret, version));
  return { ARN: secret.arn, Name: secret.name, VersionId: version.id, VersionStages: (same ?? version).stages };
}

function describeSecret(context: SecretsContext, principal: Principal, input: Input): object {
  return description(authorized(context, principal, "DescribeSecret", input));
}

function listSecretVersionIds(context: SecretsContext, principal: Principal, input: Input): object {
  const { arn, name, versions } = authorized(context, principal, "ListSecretVersionIds", input);
  const shown = versions.filter(({ stages }) => input.IncludeDeprecated === true || stages.length > 0);
  return {
    ARN: arn,
    Name: name,
    Versions: shown.map(({ id, stages, created }) => ({
      VersionId: id,
      VersionStages: stages,
      CreatedDate: created / 1000,
    })),
  };
}

function createSecret(context: SecretsContext, principal: Principal, input: Input): object {
  const name = text(input, "Name");
  if (!name || !/^[\w/+=.@-]{1,512}$/.test(name)) {
    throw invalid(`Name must be 1 to 512 letters, digits and /_+=.@-, got ${String(input.Name)}`);
  }
  const { account, region } = context;
  context.authorize(
    principal,
    "secretsmanager:CreateSecret",
    `arn:aws:secretsmanager:${region}:${account}:secret:${name}`,
  );
  if (context.store.find(name)) {
    throw new AwsError(
      "ResourceExistsException",
      `The operation failed because the secret ${name} already exists.`,
      400,
    );
  }
  const suffix = context.random(3).toString("hex");
  const secret: Secret = {
    arn: `arn:aws:secretsmanager:${region}:${account}:secret:${name}-${suffix}`,
    name,
    description: text(input, "Description"),
    kmsKeyId: text(input, "KmsKeyId"),
    created: context.clock(),
    versions: [],
  };
  const version = newVersion(context, input, [CURRENT]);
  if (version) openSecret(context, principal, secret, version.id, ["GenerateDataKey", "Decrypt"]);
  context.store.save(version ? withVersion(secret, version) : secret);
  return { ARN: secret.arn, Name: name, ...(version ? { VersionId: version.id } : {}) };
}

function listSecrets(context: SecretsContext, principal: Principal, input: Input): object {
  context.authorize(principal, "secretsmanager:ListSecrets", "*");
  if (Array.isArray(input.Filters) && input.Filters.length > 0)
    throw invalid("Filters are not supported here; list all.");
  return { SecretList: context.store.all().map(description) };
}

/** The secret that a call names, once the caller may do this with it. */
function authorized(context: SecretsContext, principal: Principal, action: string, input: Input): Secret {
  const id = text(input, "SecretId");
  if (!id) throw invalid("SecretId must be the ARN or name of a secret.");
  const secret = context.store.find(id);
  const unknown = id.startsWith("arn:")
    ? id
    : `arn:aws:secretsmanager:${context.region}:${context.account}:secret:${id}`;
  context.authorize(principal, `secretsmanager:${action}`, secret?.arn ?? unknown);
  if (!secret) throw notFound("Secrets Manager can't find the specified secret.");
  return secret;
}

/** https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html */
function openSecret(
  { useKey, keyArnOf }: SecretsContext,
  principal: Principal,
  { arn, kmsKeyId }: Secret,
  versionId: string,
  actions: readonly KeyAction[],
): void {
  const key = kmsKeyId === undefined ? undefined : keyArnOf(kmsKeyId);
  useKey(principal, key, actions, { SecretARN: arn, SecretVersionId: versionId });
}

function findVersion(secret: Secret, input: Input): SecretVersion {
  const id = text(input, "VersionId");
  const stage = text(input, "VersionStage") ?? (id === undefined ? CURRENT : undefined);
  const found = secret.versions.find(
    (version) => (id === undefined || version.id === id) && (stage === undefined || version.stages.includes(stage)),
  );
  if (found) return found;
  const sought = id === undefined ? `staging label: ${stage}` : `VersionId: ${id}`;
  throw notFound(`Secrets Manager can't find the specified secret value for ${sought}`);
}

function newVersion(context: SecretsContext, input: Input, stages: readonly string[]): SecretVersion | undefined {
  const [string, binary] = [text(input, "SecretString"), text(input, "SecretBinary")];
  if (string === undefined && binary === undefined) return undefined;
  const id = text(input, "ClientRequestToken") ?? context.newId();
  return { id, stages, string, binary, created: context.clock() };
}

function description({ arn, name, description: Description, kmsKeyId, created, versions }: Secret): object {
  return {
    ARN: arn,
    Name: name,
    Description,
    KmsKeyId: kmsKeyId,
    CreatedDate: created / 1000,
    LastChangedDate: Math.max(created, ...versions.map((version) => version.created)) / 1000,
    VersionIdsToStages: Object.fromEntries(versions.map(({ id, stages }) => [id, stages])),
  };
}

function text(input: Input, name: string): string | undefined {
  const value = input[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value === "string") return value;
  throw invalid(`${name} must be a string, got ${typeof value}.`);
}

function notFound(message: string): AwsError {
  return new AwsError("ResourceNotFoundException", message, 400);
}

function invalid(message: string): AwsError {
  return new AwsError("InvalidParameterException", message, 400);
}
