import { createHash, randomBytes } from "node:crypto";
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  UploadPartCommand,
  UploadPartCopyCommand,
} from "@aws-sdk/client-s3";
import { refusal, SOURCE, useTestS3 } from "./test-s3";

const test = useTestS3();

const Bucket = SOURCE;

describe("multipart", () => {
  const start = async (Key: string, more: object = {}) =>
    (await test().client.send(new CreateMultipartUploadCommand({ Bucket, Key, ...more }))).UploadId!;

  it("parts sent out of order make one object with S3's ETag", async () => {
    const Key = "multi/a b.mp4";
    const bodies = [randomBytes(5 * 1024 * 1024), randomBytes(5 * 1024 * 1024), randomBytes(33)];
    const UploadId = await start(Key, { ContentType: "video/mp4" });
    const parts: { ETag?: string; PartNumber: number }[] = [];
    for (const PartNumber of [3, 1, 2]) {
      const sent = new UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body: bodies[PartNumber - 1] });
      parts.push({ ETag: (await test().client.send(sent)).ETag, PartNumber });
    }
    parts.sort((a, b) => a.PartNumber - b.PartNumber);
    const listed = await test().client.send(new ListPartsCommand({ Bucket, Key, UploadId }));
    expect(listed.Parts?.map(({ PartNumber, Size, ETag }) => ({ PartNumber, Size, ETag }))).toEqual(
      parts.map((part, index) => ({ ...part, Size: bodies[index]!.length })),
    );
    const uploads = await test().client.send(new ListMultipartUploadsCommand({ Bucket, Prefix: "multi/" }));
    expect(uploads.Uploads).toMatchObject([{ Key, UploadId }]);
    const complete = new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts: parts } });
    const { ETag } = await test().client.send(complete);
    const digests = Buffer.concat(bodies.map((body) => createHash("md5").update(body).digest()));
    expect(ETag).toBe(`"${createHash("md5").update(digests).digest("hex")}-3"`);
    const answer = await test().get(Key);
    expect(answer.ContentType).toBe("video/mp4");
    expect(Buffer.from(await answer.Body!.transformToByteArray()).equals(Buffer.concat(bodies))).toBe(true);
    const second = await test().get(Key, { PartNumber: 2 });
    expect(Buffer.from(await second.Body!.transformToByteArray()).equals(bodies[1]!)).toBe(true);
    expect(second.PartsCount).toBe(3);
    expect(test().events.at(-1)?.detail).toMatchObject({ reason: "CompleteMultipartUpload", object: { key: Key } });
    expect(await refusal(test().client.send(complete))).toMatch(/^404 NoSuchUpload/);
  });

  it("what does not fit together is refused and the upload stays", async () => {
    const Key = "multi/bad";
    const UploadId = await start(Key);
    const part = async (PartNumber: number) =>
      (await test().client.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body: "small" }))).ETag;
    const [one, two] = [await part(1), await part(2)];
    const complete = (Parts: { ETag?: string; PartNumber: number }[]) =>
      refusal(
        test().client.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts } })),
      );
    const [first, second] = [
      { ETag: one, PartNumber: 1 },
      { ETag: two, PartNumber: 2 },
    ];
    expect(await complete([second, first])).toMatch(/^400 InvalidPartOrder/);
    expect(await complete([first, { ETag: '"x"', PartNumber: 2 }])).toMatch(/^400 InvalidPart: .*part 2/);
    expect(await complete([first, second])).toBe(
      "400 EntityTooSmall: Your proposed upload is smaller than the minimum allowed size: part 1 has 5 bytes, at least 5242880 are needed",
    );
    expect(await complete([second])).toBe("not refused");
    expect(await test().text(Key)).toBe("small");
  });

  it("an aborted upload is gone", async () => {
    const Key = "multi/abort";
    const UploadId = await start(Key);
    await test().client.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber: 1, Body: "x" }));
    await test().client.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }));
    expect(await refusal(test().client.send(new ListPartsCommand({ Bucket, Key, UploadId })))).toMatch(
      /^404 NoSuchUpload/,
    );
  });

  it("an id that is a path, another key's upload and a part number out of bounds are refused", async () => {
    const UploadId = await start("multi/own");
    const part = (more: object) =>
      refusal(
        test().client.send(
          new UploadPartCommand({ Bucket, Key: "multi/own", UploadId, PartNumber: 1, Body: "x", ...more }),
        ),
      );
    expect(await part({ UploadId: "../../x" })).toMatch(/^404 NoSuchUpload/);
    expect(await part({ Key: "multi/other" })).toMatch(/^404 NoSuchUpload/);
    expect(await part({ PartNumber: 10_001 })).toBe(
      "400 InvalidArgument: Part number must be an integer between 1 and 10000, inclusive, got 10001",
    );
  });

  it("a part copied from a range", async () => {
    await test().put("multi/from", "0123456789");
    const Key = "multi/to";
    const UploadId = await start(Key);
    const { CopyPartResult } = await test().client.send(
      new UploadPartCopyCommand({
        Bucket,
        Key,
        UploadId,
        PartNumber: 1,
        CopySource: `${Bucket}/multi/from`,
        CopySourceRange: "bytes=2-5",
      }),
    );
    const Parts = [{ ETag: CopyPartResult!.ETag, PartNumber: 1 }];
    await test().client.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts } }));
    expect(await test().text(Key)).toBe("2345");
  });
});
