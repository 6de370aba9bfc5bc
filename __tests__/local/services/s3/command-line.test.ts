import { execFile } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
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

/** Runs a program as a client of the gateway; nothing of the machine's own configuration of AWS reaches it. */
async function client(...command: string[]): Promise<string> {
  const { gateway } = test;
  const settings = {
    AWS_ENDPOINT_URL: gateway.address,
    AWS_ACCESS_KEY_ID: gateway.key.accessKeyId,
    AWS_SECRET_ACCESS_KEY: gateway.key.secretAccessKey,
    AWS_DEFAULT_REGION: REGION,
    AWS_CONFIG_FILE: join(gateway.directory, "config"),
    AWS_SHARED_CREDENTIALS_FILE: join(gateway.directory, "none"),
    PYTHONWARNINGS: "ignore",
  };
  const set = Object.entries(settings).map(([name, value]) => `${name}=${value}`);
  return (await run("env", ["-u", "AWS_PROFILE", "-u", "AWS_SESSION_TOKEN", ...set, ...command])).stdout;
}

whenPresent("the aws command line", hasAwsCli())("aws s3", () => {
  const aws = (...args: string[]): Promise<string> => client("aws", "s3", ...args);

  it("copies 20 MB up in parts, on to another bucket and down again", async () => {
    const file = join(test.gateway.directory, "big file+1.bin");
    const bytes = randomBytes(20 * 1024 * 1024 + 3);
    writeFileSync(file, bytes);
    const source = `s3://${SOURCE}/up loads/ü+1%.bin`;
    await aws("cp", "--only-show-errors", file, source);
    expect(test.events.at(-1)?.detail).toMatchObject({
      reason: "CompleteMultipartUpload",
      object: { key: "up loads/ü+1%.bin", size: bytes.length, etag: expect.stringMatching(/-3$/) },
    });
    await aws("cp", "--only-show-errors", source, `s3://${PLAIN}/copy`);
    await aws("cp", "--only-show-errors", `s3://${PLAIN}/copy`, `${file}.back`);
    expect(sha256(readFileSync(`${file}.back`))).toBe(sha256(bytes));
    expect(await aws("ls", `s3://${SOURCE}/up loads/`)).toMatch(/ 20971523 ü\+1%\.bin\n$/);
  }, 60_000);

  it("synchronises a directory, sending what changed and deleting what went", async () => {
    const directory = join(test.gateway.directory, "tree");
    mkdirSync(join(directory, "sub"), { recursive: true });
    writeFileSync(join(directory, "a.txt"), "a");
    writeFileSync(join(directory, "b c.txt"), "b");
    writeFileSync(join(directory, "sub", "d.txt"), "d");
    expect((await aws("sync", directory, `s3://${SOURCE}/tree`)).match(/^upload:/gm)).toHaveLength(3);
    writeFileSync(join(directory, "a.txt"), "longer");
    rmSync(join(directory, "sub"), { recursive: true });
    const again = await aws("sync", "--delete", directory, `s3://${SOURCE}/tree`);
    expect(again.match(/^(upload|delete): \S+/gm)?.sort()).toEqual([
      `delete: s3://${SOURCE}/tree/sub/d.txt`,
      expect.stringMatching(/^upload: .*a\.txt$/),
    ]);
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
    writeFileSync(join(test.gateway.directory, "config"), "[default]\ns3 =\n  signature_version = s3v4\n");
    expect(await client("python3", "-c", SCRIPT)).toBe("well\n");
  }, 60_000);
});
