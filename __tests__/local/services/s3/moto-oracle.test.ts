import { createHash } from "node:crypto";
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsCommand,
  ListObjectsV2Command,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { REGION } from "../../gateway/test-gateway";
import { hasMoto, startMoto, whenPresent, type Moto } from "../moto";
import { SOURCE, startTestS3, type TestS3 } from "./test-s3";

type Answer = Record<string, unknown>;
type Step = (client: S3Client) => Promise<unknown>;

const Bucket = SOURCE;
const BODY = "forty bytes or so, the same in both of it";
const ETAG = `"${createHash("md5").update(BODY).digest("hex")}"`;
const KEYS = ["a", "a/b", "a/b/c", "a b+c%", "b/1", "b/2", "ü", "z/🎬"];

/** What differs between any two servers: times, ids, and what only one of them says. */
const OWN = new Set(["$metadata", "LastModified", "VersionId", "Owner", "ContinuationToken", "NextContinuationToken"]);
const UNTOLD = new Set([
  "ServerSideEncryption",
  "ChecksumType",
  "ChecksumAlgorithm",
  "ChecksumCRC32",
  "DeleteMarkerVersionId",
]);

function comparable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(comparable);
  if (typeof value !== "object" || value === null) return value;
  const kept = Object.entries(value as Answer).filter(
    ([name, each]) => !OWN.has(name) && !UNTOLD.has(name) && each !== undefined,
  );
  return Object.fromEntries(kept.map(([name, each]) => [name, comparable(each)]));
}

async function outcome(step: Step, client: S3Client): Promise<unknown> {
  try {
    const answer = (await step(client)) as Answer & { Body?: { transformToString(): Promise<string> } };
    const { Body, ...rest } = answer;
    return { ...(comparable(rest) as Answer), ...(Body ? { body: await Body.transformToString() } : {}) };
  } catch (error) {
    const { name, $metadata } = error as { name: string; $metadata?: { httpStatusCode: number } };
    return { refused: name, status: $metadata?.httpStatusCode };
  }
}

whenPresent("moto (python3 -m moto.server), the oracle for S3,", hasMoto())("S3 answers as moto does", () => {
  let test: TestS3;
  let moto: Moto;
  let oracle: S3Client;
  beforeAll(async () => {
    [test, moto] = await Promise.all([startTestS3(), startMoto()]);
    const credentials = { accessKeyId: "x", secretAccessKey: "x" };
    oracle = new S3Client({
      region: REGION,
      endpoint: moto.endpoint,
      forcePathStyle: true,
      credentials,
      maxAttempts: 1,
    });
    const location = { LocationConstraint: REGION } as const;
    await oracle.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: location }));
    await oracle.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Enabled" } }));
    for (const client of [test.client, oracle]) {
      for (const Key of KEYS)
        await client.send(new PutObjectCommand({ Bucket, Key, Body: BODY, ContentType: "text/plain" }));
    }
  }, 30_000);
  afterAll(async () => {
    oracle.destroy();
    moto.stop();
    await test.stop();
  });

  const list =
    (more: object): Step =>
    (client) =>
      client.send(new ListObjectsV2Command({ Bucket, ...more }));
  // Of version 1, moto leaves out Marker and Prefix and counts pages otherwise than AWS describes.
  const list1 =
    (more: object): Step =>
    async (client) => {
      const { Contents, CommonPrefixes, IsTruncated } = await client.send(new ListObjectsCommand({ Bucket, ...more }));
      return { Contents, CommonPrefixes, IsTruncated };
    };
  const get =
    (Key: string, more: object = {}): Step =>
    (client) =>
      client.send(new GetObjectCommand({ Bucket, Key, ...more }));

  it.each<[string, Step]>([
    ["list all", list({})],
    ["list a prefix", list({ Prefix: "a" })],
    ["list folders", list({ Delimiter: "/" })],
    ["list folders below", list({ Delimiter: "/", Prefix: "a/" })],
    ["list after a key", list({ StartAfter: "a/b" })],
    ["list three", list({ MaxKeys: 3 })],
    ["list none", list({ MaxKeys: 0 })],
    ["list what is not there", list({ Prefix: "none" })],
    ["list, version 1", list1({ Delimiter: "/" })],
    ["list, version 1, from a marker", list1({ Marker: "a/b" })],
    ["list another bucket", (client) => client.send(new ListObjectsV2Command({ Bucket: "another-bucket" }))],
    ["get", get("a b+c%")],
    ["get what is not there", get("none")],
    ["get a range", get("a", { Range: "bytes=1-3" })],
    ["get the end", get("a", { Range: "bytes=-5" })],
    ["get beyond the end", get("a", { Range: "bytes=100-" })],
    ["get unless it is the same", get("a", { IfNoneMatch: ETAG })],
    ["get if it is another", get("a", { IfMatch: '"x"' })],
    ["get a part of what has none", get("a", { PartNumber: 1 })],
    ["head", (client) => client.send(new HeadObjectCommand({ Bucket, Key: "ü" }))],
    ["head what is not there", (client) => client.send(new HeadObjectCommand({ Bucket, Key: "none" }))],
    [
      "put only if new",
      (client) => client.send(new PutObjectCommand({ Bucket, Key: "a", Body: Buffer.alloc(0), IfNoneMatch: "*" })),
    ],
    ["delete", (client) => client.send(new DeleteObjectCommand({ Bucket, Key: "b/1" }))],
    ["list after a deletion", list({ Prefix: "b/" })],
    ["get what was deleted", get("b/1")],
    [
      "delete several",
      (client) =>
        client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: "b/2" }, { Key: "ü" }] } })),
    ],
    ["list at the end", list({})],
  ])("%s", async (_, step) => {
    expect(await outcome(step, test.client)).toEqual(await outcome(step, oracle));
  });
});
