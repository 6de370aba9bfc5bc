import { CopyObjectCommand } from "@aws-sdk/client-s3";
import { refusal, SOURCE, useTestS3 } from "./test-s3";

const test = useTestS3();

const Bucket = SOURCE;

describe("copies", () => {
  it("a copy keeps the headers, or takes new ones", async () => {
    await test().put("copy/sö urce+1", "bytes", { ContentType: "video/mp4", Metadata: { a: "b" } });
    const CopySource = `${Bucket}/${encodeURIComponent("copy/sö urce+1")}`;
    await test().client.send(new CopyObjectCommand({ Bucket, Key: "copy/kept", CopySource }));
    expect(await test().get("copy/kept")).toMatchObject({ ContentType: "video/mp4", Metadata: { a: "b" } });
    await test().client.send(
      new CopyObjectCommand({
        Bucket,
        Key: "copy/new",
        CopySource,
        MetadataDirective: "REPLACE",
        ContentType: "text/html",
      }),
    );
    const replaced = await test().get("copy/new");
    expect(replaced).toMatchObject({ ContentType: "text/html", Metadata: {} });
    expect(await replaced.Body!.transformToString()).toBe("bytes");
  });

  it("a copy onto itself must change something", async () => {
    await test().put("self", "x");
    const copy = new CopyObjectCommand({ Bucket, Key: "self", CopySource: `${Bucket}/self` });
    expect(await refusal(test().client.send(copy))).toMatch(/^400 InvalidRequest: This copy request is illegal/);
  });

  it("a copy of nothing, and one whose condition fails, are refused", async () => {
    await test().put("copied", "x");
    const copy = (more: object) =>
      test().client.send(new CopyObjectCommand({ Bucket, Key: "to", CopySource: `${Bucket}/copied`, ...more }));
    expect(await refusal(copy({ CopySource: `${Bucket}/nothing` }))).toMatch(/^404 NoSuchKey/);
    expect(await refusal(copy({ CopySourceIfMatch: '"no"' }))).toMatch(/^412 PreconditionFailed/);
  });
});
