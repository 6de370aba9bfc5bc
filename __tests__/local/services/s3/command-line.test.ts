import { execFile } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { REGION } from "../../gateway/test-gateway";
import { hasAwsCli, hasBoto3, whenPresent } from "../moto";
import { PLAIN, SOURCE, startTestS3, type TestS3 } from "./test-s3";

const run = promisify(execFile);
const sha256 = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex");

let test: TestS3;
beforeAll(async () => {
  test = await startTestS3();
});
afterAll(async () => {
  await test.stop();
});

/** Nothing of the machine's own configuration reaches the client. */
function environment(): NodeJS.ProcessEnv {
  const { gateway } = test;
  return {
    // The one thing needed of the machine: where its programs are.
    PATH: process.env.PATH,
    HOME: gateway.directory,
    AWS_ENDPOINT_URL: gateway.address,
    AWS_ACCESS_KEY_ID: gateway.key.accessKeyId,
    AWS_SECRET_ACCESS_KEY: gateway.key.secretAccessKey,
    AWS_DEFAULT_REGION: REGION,
    PYTHONWARNINGS: "ignore",
  };
}

whenPresent("the aws command line", hasAwsCli())("aws s3", () => {
  const aws = async (...args: string[]): Promise<string> =>
    (await run("aws", ["s3", ...args], { env: environment() })).stdout;

  it("copies 20 MB up in parts and down again, lists and removes", async () => {
    const file = join(test.gateway.directory, "big file+1.bin");
    const bytes = randomBytes(20 * 1024 * 1024 + 3);
    writeFileSync(file, bytes);
    const target = `s3://${SOURCE}/up loads/ü+1%.bin`;
    await aws("cp", "--only-show-errors", file, target);
    expect(test.events.at(-1)?.detail).toMatchObject({
      reason: "CompleteMultipartUpload",
      object: { key: "up loads/ü+1%.bin", size: bytes.length, etag: expect.stringMatching(/-3$/) },
    });
    await aws("cp", "--only-show-errors", target, `${file}.back`);
    expect(sha256(readFileSync(`${file}.back`))).toBe(sha256(bytes));
    await aws("cp", "--only-show-errors", target, `s3://${PLAIN}/copy`);
    expect(sha256(await test.s3.read({ kind: "user", arn: "u" }, PLAIN, "copy"))).toBe(sha256(bytes));
    expect(await aws("ls", `s3://${SOURCE}/up loads/`)).toMatch(/ 20971523 ü\+1%\.bin\n$/);
    await aws("rm", "--only-show-errors", target);
    expect(await aws("ls", `s3://${SOURCE}`)).toBe("");
  }, 60_000);

  it("synchronises a directory, sending what changed and deleting what went", async () => {
    const directory = join(test.gateway.directory, "tree");
    mkdirSync(join(directory, "sub"), { recursive: true });
    writeFileSync(join(directory, "a.txt"), "a");
    writeFileSync(join(directory, "sub", "b c.txt"), "b");
    expect((await aws("sync", directory, `s3://${PLAIN}/tree`)).match(/^upload:/gm)).toHaveLength(2);
    expect(await aws("sync", directory, `s3://${PLAIN}/tree`)).toBe("");
    writeFileSync(join(directory, "a.txt"), "longer");
    expect((await aws("sync", directory, `s3://${PLAIN}/tree`)).match(/^upload:/gm)).toHaveLength(1);
    await aws("rm", "--recursive", "--only-show-errors", `s3://${PLAIN}/tree/sub`);
    expect(await aws("ls", "--recursive", `s3://${PLAIN}/tree`)).toMatch(/^\S+ \S+ +6 tree\/a\.txt\n$/);
  }, 60_000);
});

const SCRIPT = `
import boto3, urllib.request
s3 = boto3.client("s3")
bucket = "${SOURCE}"
key = "py/ü a+b%.txt"
s3.put_object(Bucket=bucket, Key=key, Body=b"hello", Metadata={"k": "v"}, ContentType="text/plain")
answer = s3.get_object(Bucket=bucket, Key=key)
assert answer["Body"].read() == b"hello" and answer["Metadata"] == {"k": "v"}, answer
put = s3.generate_presigned_url("put_object", Params={"Bucket": bucket, "Key": "py/presigned"})
urllib.request.urlopen(urllib.request.Request(put, data=b"by address", method="PUT", headers={"content-type": ""}))
get = s3.generate_presigned_url("get_object", Params={"Bucket": bucket, "Key": "py/presigned"}, ExpiresIn=60)
assert urllib.request.urlopen(get).read() == b"by address"
try:
    urllib.request.urlopen(get.replace("py/presigned", "py/other"))
    raise AssertionError("another key was served")
except urllib.error.HTTPError as error:
    assert error.code == 403 and b"SignatureDoesNotMatch" in error.read()
keys = [each["Key"] for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix="py/", PaginationConfig={"PageSize": 1}) for each in page["Contents"]]
assert keys == ["py/presigned", key], keys
assert not s3.delete_objects(Bucket=bucket, Delete={"Objects": [{"Key": each} for each in keys]}).get("Errors")
print("well")
`;

whenPresent("boto3", hasBoto3())("boto3", () => {
  it("puts, gets, presigns, pages and deletes", async () => {
    const presignVersion = { AWS_CONFIG_FILE: join(test.gateway.directory, "config") };
    writeFileSync(presignVersion.AWS_CONFIG_FILE, "[default]\ns3 =\n  signature_version = s3v4\n");
    const { stdout } = await run("python3", ["-c", SCRIPT], { env: { ...environment(), ...presignVersion } });
    expect(stdout).toBe("well\n");
  }, 60_000);
});
