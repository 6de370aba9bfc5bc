import { DeleteObjectCommand } from "@aws-sdk/client-s3";
import { PLAIN, refusal, SOURCE, useTestS3 } from "./test-s3";

const test = useTestS3();

const Bucket = SOURCE;

describe("versions", () => {
  it("an overwritten object is still there under its version, a deletion hides it", async () => {
    const first = await test().put("versioned", "one");
    const second = await test().put("versioned", "two");
    expect(second.VersionId).not.toBe(first.VersionId);
    expect(await test().text("versioned")).toBe("two");
    const deletion = await test().client.send(new DeleteObjectCommand({ Bucket, Key: "versioned" }));
    expect(deletion).toMatchObject({ DeleteMarker: true, VersionId: expect.any(String) });
    expect(await refusal(test().get("versioned"))).toMatch(/^404 NoSuchKey/);
    expect(await test().text("versioned", { VersionId: first.VersionId })).toBe("one");
    await test().client.send(new DeleteObjectCommand({ Bucket, Key: "versioned", VersionId: deletion.VersionId }));
    expect(await test().text("versioned")).toBe("two");
    await test().client.send(new DeleteObjectCommand({ Bucket, Key: "versioned", VersionId: second.VersionId }));
    expect(await test().text("versioned")).toBe("one");
    expect(await refusal(test().get("versioned", { VersionId: "0".repeat(32) }))).toMatch(/^404 NoSuchVersion/);
  });

  it("a bucket without versions keeps the last bytes only and names no version", async () => {
    const stored = await test().put("plain", "one", { Bucket: PLAIN });
    await test().put("plain", "two", { Bucket: PLAIN });
    expect(stored.VersionId).toBeUndefined();
    expect(await test().text("plain", { Bucket: PLAIN })).toBe("two");
    await test().client.send(new DeleteObjectCommand({ Bucket: PLAIN, Key: "plain" }));
    expect(await refusal(test().get("plain", { Bucket: PLAIN }))).toMatch(/^404/);
  });
});
