import { createHash } from "node:crypto";
import {
  DeleteObjectsCommand,
  ListObjectsCommand,
  ListObjectsV2Command,
  paginateListObjectsV2,
} from "@aws-sdk/client-s3";
import { refusal, SOURCE, useTestS3 } from "./test-s3";

const test = useTestS3();

const Bucket = SOURCE;

describe("listings", () => {
  beforeAll(async () => {
    for (const key of ["l/a", "l/b/1", "l/b/2", "l/c d", "l/d/1", "l/\uffee", "l/🎬"]) await test().put(key);
  });

  it("prefixes are folded and pages continue where the last ended", async () => {
    const seen: string[] = [];
    const pages = paginateListObjectsV2(
      { client: test().client, pageSize: 2 },
      { Bucket, Prefix: "l/", Delimiter: "/" },
    );
    for await (const page of pages) {
      expect(page.KeyCount).toBeLessThanOrEqual(2);
      seen.push(
        ...(page.CommonPrefixes ?? []).map(({ Prefix }) => Prefix!),
        ...(page.Contents ?? []).map(({ Key }) => Key!),
      );
    }
    expect([...seen].sort()).toEqual(["l/a", "l/b/", "l/c d", "l/d/", "l/\uffee", "l/🎬"].sort());
    expect(seen).toHaveLength(6);
  });

  it("keys come in the order of their UTF-8 bytes", async () => {
    const { Contents } = await test().client.send(new ListObjectsV2Command({ Bucket, Prefix: "l/" }));
    expect(Contents?.map(({ Key }) => Key)).toEqual(["l/a", "l/b/1", "l/b/2", "l/c d", "l/d/1", "l/\uffee", "l/🎬"]);
    expect(Contents?.[0]).toMatchObject({ Size: 4, ETag: `"${createHash("md5").update("body").digest("hex")}"` });
  });

  it("start-after, encoding-type and version 1 with marker", async () => {
    const after = await test().client.send(new ListObjectsV2Command({ Bucket, Prefix: "l/", StartAfter: "l/d/1" }));
    expect(after.Contents?.map(({ Key }) => Key)).toEqual(["l/\uffee", "l/🎬"]);
    const encoded = await test().client.send(
      new ListObjectsV2Command({ Bucket, Prefix: "l/c", Delimiter: "/", EncodingType: "url" }),
    );
    expect(encoded).toMatchObject({ EncodingType: "url", Contents: [{ Key: "l/c%20d" }], Prefix: "l/c" });
    const first = await test().client.send(
      new ListObjectsCommand({ Bucket, Prefix: "l/", Delimiter: "/", MaxKeys: 2 }),
    );
    expect(first).toMatchObject({ IsTruncated: true, NextMarker: "l/b/" });
    const next = await test().client.send(
      new ListObjectsCommand({ Bucket, Prefix: "l/", Delimiter: "/", Marker: first.NextMarker }),
    );
    expect(next.CommonPrefixes).toEqual([{ Prefix: "l/d/" }]);
    expect(next.IsTruncated).toBe(false);
  });

  it("a token that S3 did not give is refused", async () => {
    const list = new ListObjectsV2Command({ Bucket, ContinuationToken: "!" });
    expect(await refusal(test().client.send(list))).toBe(
      "400 InvalidArgument: The continuation token provided is incorrect",
    );
  });

  it("many keys are deleted at once, those that are not there too", async () => {
    await test().put("many/1");
    await test().put("many/<2>&");
    const answer = await test().client.send(
      new DeleteObjectsCommand({
        Bucket,
        Delete: { Objects: [{ Key: "many/1" }, { Key: "many/<2>&" }, { Key: "many/none" }] },
      }),
    );
    expect(answer.Deleted?.map(({ Key }) => Key)).toEqual(["many/1", "many/<2>&", "many/none"]);
    expect(answer.Errors).toBeUndefined();
    expect((await test().client.send(new ListObjectsV2Command({ Bucket, Prefix: "many/" }))).KeyCount).toBe(0);
  });
});
