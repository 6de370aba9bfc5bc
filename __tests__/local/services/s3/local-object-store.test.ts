import { readFileSync } from "node:fs";
import { Readable } from "node:stream";
import { OPERATOR } from "../../gateway/test-gateway";
import { SOURCE, useTestS3 } from "./test-s3";

const test = useTestS3();

const Bucket = SOURCE;

describe("in process", () => {
  it("other services put, read, list and find files under the same rules", async () => {
    const stored = await test().s3.put(OPERATOR, Bucket, "in/ü 1", Buffer.from("abc"), { contentType: "text/plain" });
    expect(stored).toMatchObject({ bucket: Bucket, key: "in/ü 1", size: 3, contentType: "text/plain" });
    await test().s3.put(OPERATOR, Bucket, "in/2", Readable.from([Buffer.from("de"), Buffer.from("f")]));
    expect((await test().s3.read(OPERATOR, Bucket, "in/2")).toString()).toBe("def");
    expect(await test().s3.head(OPERATOR, Bucket, "in/ü 1")).toEqual(stored);
    expect((await test().s3.list(OPERATOR, Bucket, "in/")).map(({ key }) => key)).toEqual(["in/2", "in/ü 1"]);
    expect(await test().text("in/ü 1")).toBe("abc");
    expect(readFileSync(await test().s3.file(OPERATOR, Bucket, "in/2"), "utf8")).toBe("def");
    await expect(test().s3.read(OPERATOR, Bucket, "nothing")).rejects.toMatchObject({ code: "NoSuchKey", status: 404 });
    await expect(test().s3.put(OPERATOR, "nobody", "x", Buffer.alloc(0))).rejects.toMatchObject({
      code: "NoSuchBucket",
    });
  });
});
