import { createHash, randomBytes } from "node:crypto";
import { Readable } from "node:stream";
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import { refusal, SOURCE, useTestS3 } from "./test-s3";

const test = useTestS3();

const Bucket = SOURCE;

describe("objects", () => {
  it("a stored object comes back with its headers and metadata", async () => {
    await test().put("dir/a.txt", "hello", {
      ContentType: "text/plain",
      CacheControl: "max-age=60",
      ContentDisposition: "inline",
      ContentLanguage: "nl",
      Metadata: { title: "Ocean" },
    });
    const answer = await test().get("dir/a.txt", { ChecksumMode: "ENABLED" });
    expect(await answer.Body!.transformToString()).toBe("hello");
    expect(answer).toMatchObject({
      ContentType: "text/plain",
      CacheControl: "max-age=60",
      ContentDisposition: "inline",
      ContentLanguage: "nl",
      ContentLength: 5,
      Metadata: { title: "Ocean" },
      ETag: `"${createHash("md5").update("hello").digest("hex")}"`,
      AcceptRanges: "bytes",
      ChecksumCRC32: "NhCmhg==",
    });
    expect(answer.LastModified!.getTime()).toBeGreaterThan(Date.now() - 60_000);
  });

  it.each([
    "a b",
    "a+b",
    "100%",
    "%41",
    "../../etc/passwd",
    "a//b",
    "/leading",
    "trailing/",
    ".",
    "..",
    "ünïcødé/日本語/🎬.mp4",
    "q?x=1&y#z",
    "a'b\"c<d>&e",
    "(*)!~_-.",
    "k".repeat(1024),
  ])("the key %p is kept as it is", async (Key) => {
    await test().put(Key, `value of ${Key}`);
    expect(await test().text(Key)).toBe(`value of ${Key}`);
    const list = await test().client.send(new ListObjectsV2Command({ Bucket, Prefix: Key }));
    expect(list.Contents?.map((each) => each.Key)).toContain(Key);
    await test().client.send(new DeleteObjectCommand({ Bucket, Key }));
    expect(await refusal(test().get(Key))).toBe("404 NoSuchKey: The specified key does not exist.");
  });

  it("a key over 1,024 bytes is refused", async () => {
    expect(await refusal(test().put("é".repeat(513)))).toBe(
      "400 KeyTooLongError: Your key is too long: at most 1024 bytes, got 1026",
    );
  });

  it("a stream is stored as it comes, framed with a trailing checksum", async () => {
    const body = randomBytes(3 * 1024 * 1024 + 17);
    const pieces = [body.subarray(0, 1), body.subarray(1, 100_000), body.subarray(100_000)];
    await test().client.send(
      new PutObjectCommand({ Bucket, Key: "stream", Body: Readable.from(pieces), ContentLength: body.length }),
    );
    expect(Buffer.from(await (await test().get("stream")).Body!.transformToByteArray()).equals(body)).toBe(true);
  });

  it.each([
    ["bytes=0-3", "0123", "bytes 0-3/10"],
    ["bytes=7-", "789", "bytes 7-9/10"],
    ["bytes=-2", "89", "bytes 8-9/10"],
    ["bytes=5-99", "56789", "bytes 5-9/10"],
  ])("range %s", async (Range, expected, ContentRange) => {
    await test().put("digits", "0123456789");
    const answer = await test().get("digits", { Range });
    expect(await answer.Body!.transformToString()).toBe(expected);
    expect(answer).toMatchObject({ ContentRange, ContentLength: expected.length, $metadata: { httpStatusCode: 206 } });
  });

  it("a range beyond the object is refused", async () => {
    await test().put("digits", "0123456789");
    expect(await refusal(test().get("digits", { Range: "bytes=10-" }))).toBe(
      "416 InvalidRange: The requested range is not satisfiable: the object has 10 bytes",
    );
  });

  it("conditional reads", async () => {
    const { ETag } = await test().put("cond", "x");
    expect(await test().text("cond", { IfMatch: ETag })).toBe("x");
    expect(await refusal(test().get("cond", { IfMatch: '"other"' }))).toMatch(/^412 PreconditionFailed/);
    expect(await refusal(test().get("cond", { IfNoneMatch: ETag }))).toMatch(/^304 /);
    expect(await test().text("cond", { IfNoneMatch: '"other"' })).toBe("x");
    expect(await refusal(test().get("cond", { IfModifiedSince: new Date(Date.now() + 5_000) }))).toMatch(/^304 /);
    expect(await refusal(test().get("cond", { IfUnmodifiedSince: new Date(0) }))).toMatch(/^412 /);
  });

  it("a write with If-None-Match: * succeeds once", async () => {
    await test().put("once", "first", { IfNoneMatch: "*" });
    expect(await refusal(test().put("once", "second", { IfNoneMatch: "*" }))).toBe(
      "412 PreconditionFailed: At least one of the pre-conditions you specified did not hold: If-None-Match",
    );
    expect(await test().text("once")).toBe("first");
  });

  it("of twenty simultaneous first writes one wins", async () => {
    const writes = Array.from({ length: 20 }, (_, index) => test().put("race", `w${index}`, { IfNoneMatch: "*" }));
    const results = await Promise.allSettled(writes);
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  it("parameters of the address take the place of stored headers", async () => {
    await test().put("override", "x", { ContentType: "text/plain" });
    expect(
      await test().get("override", { ResponseContentType: "video/mp4", ResponseCacheControl: "no-store" }),
    ).toMatchObject({
      ContentType: "video/mp4",
      CacheControl: "no-store",
    });
  });

  it("a damaged body is refused and leaves nothing behind", async () => {
    const wrong = createHash("md5").update("other").digest("base64");
    expect(await refusal(test().put("damaged", "x", { ContentMD5: wrong }))).toBe(
      "400 BadDigest: The Content-MD5 you specified did not match what we received.",
    );
    expect(await refusal(test().put("damaged", "x", { ChecksumCRC32: "AAAAAA==" }))).toBe(
      "400 BadDigest: The CRC32 you specified did not match the calculated checksum.",
    );
    expect(await refusal(test().get("damaged"))).toMatch(/^404/);
  });

  it.each(["CRC32", "CRC32C", "SHA1", "SHA256"] as const)(
    "checksum %s is kept and shown",
    async (ChecksumAlgorithm) => {
      const stored = await test().put("sum", "hello", { ChecksumAlgorithm });
      const answer = await test().get("sum", { ChecksumMode: "ENABLED" });
      const field = `Checksum${ChecksumAlgorithm}` as const;
      expect(stored[field]).toBeDefined();
      expect(answer[field]).toBe(stored[field]);
      expect(await answer.Body!.transformToString()).toBe("hello");
    },
  );

  it("an empty object is an object", async () => {
    await test().put("empty", Buffer.alloc(0));
    expect(await test().text("empty")).toBe("");
    expect(await test().client.send(new HeadObjectCommand({ Bucket, Key: "empty" }))).toMatchObject({
      ContentLength: 0,
    });
  });

  it("a missing key has no body for HEAD and an error for GET", async () => {
    expect(await refusal(test().client.send(new HeadObjectCommand({ Bucket, Key: "missing" })))).toMatch(
      /^404 NotFound/,
    );
    expect(await refusal(test().get("missing"))).toBe("404 NoSuchKey: The specified key does not exist.");
    expect(await refusal(test().client.send(new GetObjectCommand({ Bucket: "nobody", Key: "x" })))).toBe(
      "404 NoSuchBucket: The specified bucket does not exist: nobody",
    );
  });
});
