import { randomBytes } from "node:crypto";
import { HeadObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { s3UploadStore } from "../../../handlers/accept-uploads/s3-upload-store";
import type { UploadStore } from "../../../handlers/accept-uploads/upload-store";
import { SOURCE, SOURCE_KEY, startTestS3, type TestS3 } from "../../local/services/s3/test-s3";

const MIB = 1024 * 1024;
const KEY = "uploads/f/night & day.mp4";
let s3: TestS3;
let client: S3Client;
let store: UploadStore;
let now = 0;

beforeAll(async () => {
  s3 = await startTestS3();
  client = new S3Client({ ...s3.gateway.client, maxAttempts: 1, requestChecksumCalculation: "WHEN_REQUIRED" });
  store = s3UploadStore({
    client,
    patientClient: client,
    bucket: SOURCE,
    keyArn: SOURCE_KEY,
    now: () => now,
  });
});
beforeEach(() => void (now = Date.now()));
afterAll(async () => {
  client.destroy();
  await s3.stop();
});

const begin = () => store.create({ key: KEY, contentType: "video/mp4", producer: "söme|one" });
const put = (url: string, body: Buffer) => fetch(url, { method: "PUT", body: new Uint8Array(body) });

test("parts put to their addresses become the object, with its type and who made it", async () => {
  const upload = await begin();
  const parts = [randomBytes(5 * MIB), randomBytes(100)];
  for (const [index, body] of parts.entries()) {
    const url = await store.partAddress(upload, { number: index + 1, size: body.length }, 60);
    expect((await put(url, body)).status).toBe(200);
  }
  const received = (await store.received(upload)) ?? [];
  expect(received.map(({ number, size }) => [number, size])).toEqual([[1, 5 * MIB], [2, 100]]); // prettier-ignore
  expect(await store.complete(upload, received)).toBe(true);
  const head = await client.send(new HeadObjectCommand({ Bucket: SOURCE, Key: KEY }));
  expect([head.ContentLength, head.ContentType, head.Metadata]).toEqual([
    5 * MIB + 100,
    "video/mp4",
    { "uploaded-by": "s%C3%B6me%7Cone" },
  ]);
  expect(await store.isStored(KEY, 5 * MIB + 100, 2)).toBe(true);
  expect([
    await store.isStored(KEY, 5 * MIB + 100, 3),
    await store.isStored(KEY, 5 * MIB, 2),
    await store.isStored("uploads/f/night", 5 * MIB + 100, 2),
  ]).toEqual([false, false, false]);
  now += 2 * 3_600_000;
  expect(await store.isStored(KEY, 5 * MIB + 100, 2)).toBe(false);
});

test("an address takes the part's bytes, no more and no fewer", async () => {
  const upload = await begin();
  const url = await store.partAddress(upload, { number: 1, size: 10 }, 60);
  expect(new URL(url).searchParams.get("X-Amz-SignedHeaders")).toBe("content-length;host");
  for (const size of [9, 11]) {
    const answer = await put(url, randomBytes(size));
    expect([answer.status, await answer.text()]).toEqual([403, expect.stringContaining("SignatureDoesNotMatch")]);
  }
  expect((await put(url, randomBytes(10))).status).toBe(200);
  expect(await store.abort(upload)).toBe(true);
});

test("an address is for one part of one upload, and for putting alone", async () => {
  const upload = await begin();
  const url = await store.partAddress(upload, { number: 1, size: 3 }, 60);
  const other = new URL(url);
  other.searchParams.set("partNumber", "2");
  expect((await put(other.href, Buffer.from("abc"))).status).toBe(403);
  expect((await fetch(url)).status).toBe(403);
  expect((await fetch(url, { method: "DELETE" })).status).toBe(403);
  await store.abort(upload);
});

test("uploads under way are listed by their prefix", async () => {
  const upload = await begin();
  expect(await store.unfinished("uploads/f/")).toEqual([
    { ...upload, startedAt: expect.stringMatching(/^\d{4}-.*Z$/) },
  ]);
  expect(await store.unfinished("uploads/g/")).toEqual([]);
  await store.abort(upload);
  expect(await store.unfinished("uploads/f/")).toEqual([]);
});

test("an upload that is gone is told as such", async () => {
  const upload = await begin();
  await store.abort(upload);
  expect(await store.received(upload)).toBeUndefined();
  expect(await store.complete(upload, [{ number: 1, size: 1, etag: '"e"' }])).toBe(false);
  expect(await store.abort(upload)).toBe(false);
});

test("any other refusal of S3 is thrown, so that the caller asks again", async () => {
  const upload = await begin();
  await expect(store.complete(upload, [{ number: 1, size: 1, etag: '"e"' }])).rejects.toThrow(
    "One or more of the specified parts could not be found",
  );
  await store.abort(upload);
});
