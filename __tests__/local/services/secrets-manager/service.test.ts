import { randomBytes, randomUUID } from "node:crypto";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  CreateSecretCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  ListSecretsCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { AwsError, type Authorize } from "../../../../local/kernel/aws-service";
import { createSecretsManager, type SecretsManagerService } from "../../../../local/services/secrets-manager/service";
import {
  OPERATOR,
  startTestGateway,
  temporaryDirectory,
  testDeployment,
  type TestGateway,
} from "../../gateway/test-gateway";

const ARN = "arn:aws:secretsmanager:eu-west-1:000000000000:secret:vod/cdn-AbCdEf";
const KEY_ARN = "arn:aws:secretsmanager:eu-west-1:000000000000:secret:vod/key-GhIjKl";

function open(directory: string, value = "first", authorize: Authorize = () => undefined): SecretsManagerService {
  const deployment = testDeployment({
    "aws_secretsmanager_secret.cdn": {
      name: "vod/cdn",
      arn: ARN,
      description: "the CDN's identifier",
      kms_key_id: "k",
    },
    "aws_kms_key.secrets": { arn: "arn:aws:kms:k", key_id: "k" },
    "aws_secretsmanager_secret.key": { name: "vod/key", arn: KEY_ARN },
    "aws_secretsmanager_secret_version.cdn": { secret_id: ARN, secret_string: value },
  });
  return createSecretsManager({
    deployment,
    directory,
    authorize,
    clock: () => 5_000,
    random: randomBytes,
    newId: randomUUID,
  });
}

describe("over the gateway", () => {
  let gateway: TestGateway;
  let client: SecretsManagerClient;
  const calls: string[] = [];
  beforeEach(async () => {
    calls.length = 0;
    gateway = await startTestGateway();
    gateway.register(
      open(gateway.directory, "first", (_, action, resource) => void calls.push(`${action} ${resource}`)),
    );
    client = new SecretsManagerClient({ ...gateway.client, maxAttempts: 1 });
  });
  afterEach(async () => {
    client.destroy();
    expect(gateway.defects).toEqual([]);
    await gateway.stop();
  });
  const value = (input: { VersionId?: string; VersionStage?: string; SecretId?: string } = {}) =>
    client.send(new GetSecretValueCommand({ SecretId: ARN, ...input }));

  it.each([ARN, ARN.slice(0, -7), "vod/cdn"])("a deployed secret is found as %s", async (SecretId) => {
    expect(await value({ SecretId })).toMatchObject({
      ARN,
      Name: "vod/cdn",
      SecretString: "first",
      VersionStages: ["AWSCURRENT"],
      CreatedDate: new Date(5_000),
    });
    expect(calls).toEqual([`secretsmanager:GetSecretValue ${ARN}`, "kms:Decrypt arn:aws:kms:k"]);
  });

  it("a new value becomes the current one, the old one the previous, the one before is gone", async () => {
    const { VersionId: first } = await value();
    const put = (SecretString: string) => client.send(new PutSecretValueCommand({ SecretId: ARN, SecretString }));
    const { VersionId: second } = await put("second");
    expect(await value()).toMatchObject({ SecretString: "second", VersionId: second });
    expect(await value({ VersionStage: "AWSPREVIOUS" })).toMatchObject({ SecretString: "first", VersionId: first });
    await put("third");
    expect(await value({ VersionStage: "AWSPREVIOUS" })).toMatchObject({ SecretString: "second" });
    await expect(value({ VersionId: first })).rejects.toMatchObject({
      name: "ResourceNotFoundException",
      message: `Secrets Manager can't find the specified secret value for VersionId: ${first}`,
    });
  });

  it("the same request twice makes one version, and another value under its token is refused", async () => {
    const ClientRequestToken = randomUUID();
    const put = (SecretString: string) =>
      client.send(new PutSecretValueCommand({ SecretId: ARN, SecretString, ClientRequestToken }));
    expect((await put("again")).VersionId).toBe(ClientRequestToken);
    await put("again");
    expect(await value({ VersionStage: "AWSPREVIOUS" })).toMatchObject({ SecretString: "first" });
    await expect(put("other")).rejects.toMatchObject({
      name: "ResourceExistsException",
      message: `A version ${ClientRequestToken} with another value already exists.`,
    });
  });

  it("a pending value is not the current one", async () => {
    await client.send(
      new PutSecretValueCommand({ SecretId: ARN, SecretString: "next", VersionStages: ["AWSPENDING"] }),
    );
    expect(await value()).toMatchObject({ SecretString: "first" });
    expect(await value({ VersionStage: "AWSPENDING" })).toMatchObject({ SecretString: "next" });
  });

  it("creates, describes and lists; bytes come back as bytes", async () => {
    const SecretBinary = randomBytes(10);
    const created = await client.send(new CreateSecretCommand({ Name: "app/new", SecretBinary, Description: "d" }));
    expect(created.ARN).toMatch(/^arn:aws:secretsmanager:eu-west-1:000000000000:secret:app\/new-[0-9a-f]{6}$/);
    expect(Buffer.from((await value({ SecretId: "app/new" })).SecretBinary!).equals(SecretBinary)).toBe(true);
    expect(await client.send(new DescribeSecretCommand({ SecretId: ARN }))).toMatchObject({
      Name: "vod/cdn",
      Description: "the CDN's identifier",
      KmsKeyId: "k",
      VersionIdsToStages: { [(await value()).VersionId!]: ["AWSCURRENT"] },
    });
    const { SecretList } = await client.send(new ListSecretsCommand({}));
    expect(SecretList?.map(({ Name }) => Name)).toEqual(["vod/cdn", "vod/key", "app/new"]);
    await expect(client.send(new CreateSecretCommand({ Name: "app/new" }))).rejects.toMatchObject({
      name: "ResourceExistsException",
      message: "The operation failed because the secret app/new already exists.",
    });
  });

  it("refuses what is not there in AWS's words", async () => {
    await expect(value({ SecretId: "nothing" })).rejects.toMatchObject({
      name: "ResourceNotFoundException",
      message: "Secrets Manager can't find the specified secret.",
    });
    expect(calls).toEqual([
      "secretsmanager:GetSecretValue arn:aws:secretsmanager:eu-west-1:000000000000:secret:nothing",
    ]);
    await expect(value({ SecretId: KEY_ARN })).rejects.toMatchObject({
      name: "ResourceNotFoundException",
      message: "Secrets Manager can't find the specified secret value for staging label: AWSCURRENT",
    });
    await expect(client.send(new DeleteSecretCommand({ SecretId: ARN }))).rejects.toMatchObject({
      name: "UnknownOperationException",
    });
  });
});

describe("in process", () => {
  it("uses a secret's own key in the name of who reads or writes it, and only then", async () => {
    const calls: string[] = [];
    const secrets = open(temporaryDirectory(), "first", (_, action, resource, context = {}) => {
      calls.push([action, resource, context["kms:EncryptionContext:SecretARN"]].filter(Boolean).join(" "));
    });
    await secrets.value(OPERATOR, ARN);
    await secrets.put(OPERATOR, ARN, "second");
    await secrets.put(OPERATOR, KEY_ARN, "of no key");
    expect(calls).toEqual([
      `secretsmanager:GetSecretValue ${ARN}`,
      `kms:Decrypt arn:aws:kms:k ${ARN}`,
      `secretsmanager:PutSecretValue ${ARN}`,
      `kms:GenerateDataKey arn:aws:kms:k ${ARN}`,
      `kms:Decrypt arn:aws:kms:k ${ARN}`,
      `secretsmanager:PutSecretValue ${KEY_ARN}`,
    ]);
  });

  it("reads both values as MediaPackage does: described, versions listed, each read", async () => {
    const calls: string[] = [];
    const secrets = open(temporaryDirectory(), "first", (_, action) => void calls.push(action));
    await secrets.put(OPERATOR, ARN, "second");
    calls.length = 0;
    await secrets.values(OPERATOR, ARN);
    expect(calls.filter((action) => action.startsWith("secretsmanager:"))).toEqual([
      "secretsmanager:DescribeSecret",
      "secretsmanager:ListSecretVersionIds",
      "secretsmanager:GetSecretValue",
      "secretsmanager:GetSecretValue",
    ]);
  });

  it("gives the current value, and both while a secret is rotated", async () => {
    const secrets = open(temporaryDirectory());
    expect(await secrets.values(OPERATOR, ARN)).toEqual(["first"]);
    await secrets.put(OPERATOR, "vod/cdn", "second");
    expect(await secrets.value(OPERATOR, ARN)).toBe("second");
    expect(await secrets.values(OPERATOR, ARN)).toEqual(["second", "first"]);
    await expect(secrets.value(OPERATOR, "nothing")).rejects.toMatchObject({
      code: "ResourceNotFoundException",
      status: 400,
    });
  });

  it("asks whether the caller may", async () => {
    const refuse: Authorize = (principal, action, resource) => {
      throw new AwsError("AccessDenied", `${principal.arn} ${action} ${resource}`, 403);
    };
    await expect(open(temporaryDirectory(), "v", refuse).value(OPERATOR, "vod/cdn")).rejects.toThrow(
      `${OPERATOR.arn} secretsmanager:GetSecretValue ${ARN}`,
    );
  });
});

describe("over a restart", () => {
  it("keeps what was put, and takes a value that the stack has changed", async () => {
    const directory = temporaryDirectory();
    await open(directory).put(OPERATOR, ARN, "rotated");
    expect(await open(directory).value(OPERATOR, ARN)).toBe("rotated");
    expect(await open(directory, "of the stack").values(OPERATOR, ARN)).toEqual(["of the stack", "rotated"]);
  });

  it("keeps its file to its owner, even where a crash left another behind", async () => {
    const directory = temporaryDirectory();
    writeFileSync(join(directory, "secrets.json.new"), "", { mode: 0o644 });
    open(directory);
    const file = join(directory, "secrets.json");
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, "utf8")).toContain("first");
  });

  it("names a damaged file without showing what is in it", () => {
    const directory = temporaryDirectory();
    const file = join(directory, "secrets.json");
    writeFileSync(file, "very secret");
    expect(() => open(directory)).toThrow(
      new Error(`${file}: not readable as JSON, expected the local secrets; delete it to have them made anew`),
    );
  });
});
