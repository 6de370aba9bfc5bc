import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { AwsError, type Authorize } from "../../../../local/kernel/aws-service";
import { bucketEncryption } from "../../../../local/services/s3/encryption";
import { createS3Service } from "../../../../local/services/s3/service";
import { startTestGateway, testDeployment, type TestGateway } from "../../gateway/test-gateway";
import { refusal } from "./test-s3";

const KEY = "arn:aws:kms:eu-west-1:000000000000:key/1";
const OTHER = "arn:aws:kms:eu-west-1:000000000000:key/2";
const Bucket = "films";
const encryption = (algorithm: string, keyId?: string) => ({
  bucket: Bucket,
  rule: [
    {
      apply_server_side_encryption_by_default: { sse_algorithm: algorithm, kms_master_key_id: keyId },
      bucket_key_enabled: true,
    },
  ],
});

let gateway: TestGateway;
let client: S3Client;
let calls: string[];
/** An action that is refused. */
let refused: string | undefined;

const authorize: Authorize = (_, action, resource, context = {}) => {
  calls.push([action, resource, context["kms:EncryptionContext:aws:s3:arn"] ?? ""].join(" ").trim());
  if (action === refused) throw new AwsError("AccessDenied", `may not ${action}`, 403);
};

beforeEach(async () => {
  [calls, refused] = [[], undefined];
  gateway = await startTestGateway();
  gateway.register(
    createS3Service({
      deployment: testDeployment({
        "aws_s3_bucket.films": { bucket: Bucket },
        "aws_s3_bucket_server_side_encryption_configuration.films": encryption("aws:kms", KEY),
        "aws_kms_key.films": { arn: KEY, key_id: "1", id: "1" },
        "aws_kms_key.other": { arn: OTHER, key_id: "2", id: "2" },
      }),
      directory: join(gateway.directory, "s3"),
      authorize,
      bus: { publish: () => undefined },
      clock: Date.now,
      random: randomBytes,
    }),
  );
  client = new S3Client({ ...gateway.client, forcePathStyle: true, maxAttempts: 1 });
});
afterEach(async () => {
  client.destroy();
  await gateway.stop();
});

const put = (Key: string, more = {}) => client.send(new PutObjectCommand({ Bucket, Key, Body: "body", ...more }));
const get = (Key: string) => client.send(new GetObjectCommand({ Bucket, Key }));

test("the bucket's key encrypts what is put and decrypts what is read or described, bound to the bucket", async () => {
  const shown = { ServerSideEncryption: "aws:kms", SSEKMSKeyId: KEY, BucketKeyEnabled: true };
  expect(await put("a")).toMatchObject(shown);
  expect(await get("a")).toMatchObject(shown);
  expect(await client.send(new HeadObjectCommand({ Bucket, Key: "a" }))).toMatchObject(shown);
  expect(calls).toEqual([
    "s3:PutObject arn:aws:s3:::films/a",
    `kms:GenerateDataKey ${KEY} arn:aws:s3:::films`,
    ...Array(2)
      .fill(["s3:GetObject arn:aws:s3:::films/a", `kms:Decrypt ${KEY} arn:aws:s3:::films`])
      .flat(),
  ]);
});

test("who may not use the key neither writes nor reads", async () => {
  refused = "kms:GenerateDataKey";
  expect(await refusal(put("a"))).toBe("403 AccessDenied: may not kms:GenerateDataKey");
  refused = undefined;
  await put("a");
  refused = "kms:Decrypt";
  expect(await refusal(get("a"))).toBe("403 AccessDenied: may not kms:Decrypt");
});

test.each([
  [{ ServerSideEncryption: "AES256" }, [], { ServerSideEncryption: "AES256" }],
  [{ ServerSideEncryption: "aws:kms" }, [], { ServerSideEncryption: "aws:kms" }],
  [{ ServerSideEncryption: "aws:kms", SSEKMSKeyId: OTHER }, [`kms:GenerateDataKey ${OTHER} arn:aws:s3:::films/a`], { SSEKMSKeyId: OTHER }], // prettier-ignore
] as const)("a request for %j takes the place of the bucket's default", async (asked, used, shown) => {
  expect(await put("a", asked)).toMatchObject(shown);
  expect(calls.slice(1)).toEqual(used);
});

test.each([
  [{ SSEKMSKeyId: KEY }, "400 InvalidArgument: Server Side Encryption: a key was named, but x-amz-server-side-encryption is not aws:kms or aws:kms:dsse"], // prettier-ignore
  [{ ServerSideEncryption: "AES256", SSEKMSKeyId: KEY }, "400 InvalidArgument: Server Side Encryption: a key was named, but x-amz-server-side-encryption is AES256"], // prettier-ignore
  [{ ServerSideEncryption: "rot13" }, "400 InvalidArgument: Server Side Encryption: x-amz-server-side-encryption must be AES256 or aws:kms or aws:kms:dsse, got rot13"], // prettier-ignore
  [{ ServerSideEncryption: "aws:kms", SSEKMSKeyId: "3" }, "400 KMS.NotFoundException: Key '3' does not exist"],
  [{ SSECustomerAlgorithm: "AES256", SSECustomerKey: randomBytes(32).toString("base64") }, "501 NotImplemented: Encryption with keys that clients provide is not implemented here."], // prettier-ignore
])("%j is refused", async (asked, message) => {
  expect(await refusal(put("a", asked))).toBe(message);
});

test("an upload in parts opens its key again for each part and for the whole", async () => {
  const Key = "large";
  const { UploadId, SSEKMSKeyId } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key }));
  expect(SSEKMSKeyId).toBe(KEY);
  const part = { Bucket, Key, UploadId, PartNumber: 1 };
  const { ETag } = await client.send(new UploadPartCommand({ ...part, Body: "body" }));
  const Parts = [{ ETag, PartNumber: 1 }];
  await client.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts } }));
  const [write, open] = ["s3:PutObject arn:aws:s3:::films/large", `kms:Decrypt ${KEY} arn:aws:s3:::films`];
  expect(calls).toEqual([write, `kms:GenerateDataKey ${KEY} arn:aws:s3:::films`, open, write, open, write, open]);
  expect((await get(Key)).SSEKMSKeyId).toBe(KEY);
});

test("a copy is decrypted with the one key and encrypted with the other", async () => {
  await put("a", { ServerSideEncryption: "aws:kms", SSEKMSKeyId: OTHER });
  calls.length = 0;
  await client.send(new CopyObjectCommand({ Bucket, Key: "b", CopySource: `${Bucket}/a` }));
  expect(calls).toEqual([
    "s3:GetObject arn:aws:s3:::films/a",
    `kms:Decrypt ${OTHER} arn:aws:s3:::films/a`,
    "s3:PutObject arn:aws:s3:::films/b",
    `kms:GenerateDataKey ${KEY} arn:aws:s3:::films`,
  ]);
  expect((await get("b")).SSEKMSKeyId).toBe(KEY);
});

test("a default that S3 does not know is refused at the start", () => {
  const deployment = testDeployment({ "aws_s3_bucket_server_side_encryption_configuration.films": encryption("DES") });
  expect(() => bucketEncryption(deployment)).toThrow(
    "aws_s3_bucket_server_side_encryption_configuration.films: sse_algorithm must be AES256 or aws:kms or aws:kms:dsse, got DES",
  );
});
