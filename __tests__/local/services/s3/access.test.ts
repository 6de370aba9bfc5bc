import {
  CopyObjectCommand,
  GetBucketLocationCommand,
  GetBucketRequestPaymentCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { join } from "node:path";
import type { ConditionContext, Principal } from "../../../../local/kernel/aws-service";
import { OPERATOR, startTestGateway, type TestGateway } from "../../gateway/test-gateway";
import { openS3, PLAIN, refusal } from "./test-s3";

let gateway: TestGateway;
let client: S3Client;
let calls: [action: string, resource: string, context: ConditionContext][];
let mayList: boolean;

const open = () =>
  openS3(join(gateway.directory, "s3"), {
    authorize: (_, action, resource, context = {}) => void calls.push([action, resource, context]),
    permits: (_, action, resource) => mayList && action === "s3:ListBucket" && resource === `arn:aws:s3:::${PLAIN}`,
  });

beforeEach(async () => {
  [calls, mayList] = [[], true];
  gateway = await startTestGateway();
  gateway.register(open());
  client = new S3Client({ ...gateway.client, forcePathStyle: true, maxAttempts: 1 });
});
afterEach(async () => {
  client.destroy();
  await gateway.stop();
});

const Bucket = PLAIN;
const put = (Key: string, more = {}) => client.send(new PutObjectCommand({ Bucket, Key, Body: "body", ...more }));

test("what a write asks for is there for conditions, and its grants and tags are authorised besides", async () => {
  await put("a", { ACL: "private", Tagging: "a=b", StorageClass: "STANDARD_IA", ServerSideEncryption: "AES256" });
  const context = {
    "s3:x-amz-acl": "private",
    "s3:x-amz-storage-class": "STANDARD_IA",
    "s3:x-amz-server-side-encryption": "AES256",
  };
  expect(calls).toEqual(
    ["s3:PutObject", "s3:PutObjectAcl", "s3:PutObjectTagging"].map((action) => [action, `arn:aws:s3:::${Bucket}/a`, context]), // prettier-ignore
  );
});

test("a copy says what it copies, a versioned read which version", async () => {
  await put("a");
  calls.length = 0;
  await client.send(
    new CopyObjectCommand({ Bucket, Key: "b", CopySource: `${Bucket}/a`, MetadataDirective: "REPLACE" }),
  );
  await client.send(new GetObjectCommand({ Bucket, Key: "b", VersionId: "null" }));
  expect(calls).toEqual([
    ["s3:GetObject", `arn:aws:s3:::${Bucket}/a`, {}],
    ["s3:PutObject", `arn:aws:s3:::${Bucket}/b`, { "s3:x-amz-copy-source": `${Bucket}/a`, "s3:x-amz-metadata-directive": "REPLACE" }], // prettier-ignore
    ["s3:GetObjectVersion", `arn:aws:s3:::${Bucket}/b`, { "s3:VersionId": "null" }],
  ]);
});

test("a listing has the keys that were sent, and no others", async () => {
  await client.send(new ListObjectsV2Command({ Bucket }));
  await client.send(new ListObjectsV2Command({ Bucket, Prefix: "up/", Delimiter: "/", MaxKeys: 5 }));
  expect(calls.map(([, , context]) => context)).toEqual([
    {},
    { "s3:prefix": "up/", "s3:delimiter": "/", "s3:max-keys": "5" },
  ]);
});

test("a missing key is told to who may list the bucket, and looks forbidden to everyone else", async () => {
  const get = () => client.send(new GetObjectCommand({ Bucket, Key: "missing" }));
  expect(await refusal(get())).toBe("404 NoSuchKey: The specified key does not exist.");
  mayList = false;
  expect(await refusal(get())).toBe(
    `403 AccessDenied: User: arn:aws:iam::000000000000:user/operator is not authorized to perform: s3:ListBucket on resource: "arn:aws:s3:::${Bucket}" because no identity-based policy allows the s3:ListBucket action`,
  );
  expect(calls.map(([action]) => action)).toEqual(["s3:GetObject", "s3:GetObject"]); // nobody asked to list
  const edge: Principal = { kind: "service", arn: "cloudfront.amazonaws.com" };
  await expect(open().read(edge, Bucket, "missing")).rejects.toThrow(
    "because no resource-based policy allows the s3:ListBucket action",
  );
});

test("a bucket says where it is and who pays, over HTTP and in process", async () => {
  expect((await client.send(new GetBucketLocationCommand({ Bucket }))).LocationConstraint).toBe("eu-west-1");
  expect((await client.send(new GetBucketRequestPaymentCommand({ Bucket }))).Payer).toBe("BucketOwner");
  const s3 = open();
  expect([await s3.region(OPERATOR, Bucket), await s3.payer(OPERATOR, Bucket)]).toEqual(["eu-west-1", "BucketOwner"]);
  const actions = ["s3:GetBucketLocation", "s3:GetBucketRequestPayment"];
  expect(calls).toEqual([...actions, ...actions].map((action) => [action, `arn:aws:s3:::${Bucket}`, {}]));
});
