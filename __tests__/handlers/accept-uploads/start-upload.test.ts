import { encodeUploadId } from "../../../handlers/accept-uploads/upload-id";
import { assetIdOf } from "../../../handlers/shared/asset-id";
import { ASSET } from "../support/titles";
import { EDITOR, MIB, OTHER, setup } from "./setup";

test("a producer is told where to put the parts of a file", async () => {
  const { start, uploads, entries } = setup();
  const { status, body } = await start({ name: "night.mp4", size: 10 * MIB });
  const key = [...uploads.begun.values()][0]?.key ?? "";
  expect(key).toMatch(/^uploads\/[0-9a-f]{12}\/night\.mp4$/);
  expect([status, body]).toEqual([
    201,
    {
      uploadId: encodeUploadId({ key, s3UploadId: "s3-1" }),
      key,
      name: "night.mp4",
      assetId: assetIdOf("source", key),
      partSize: 8 * MIB,
      size: 10 * MIB,
      parts: [
        { number: 1, size: 8 * MIB, url: `https://s3/s3-1/1?bytes=${8 * MIB}&seconds=900` },
        { number: 2, size: 2 * MIB, url: `https://s3/s3-1/2?bytes=${2 * MIB}&seconds=900` },
      ],
      addressesExpireAt: "2030-01-02T03:19:05.000Z",
    },
  ]);
  expect([...uploads.begun.values()][0]).toMatchObject({ contentType: "video/mp4", producer: "producer-1" });
  expect(entries).toEqual([{ code: "UPLOAD_STARTED", fields: { key, bytes: 10 * MIB } }]);
});

test("a large file's addresses come a hundred at a time", async () => {
  const { start } = setup();
  const { body } = await start({ name: "night.mp4", size: 1024 * MIB });
  expect((body.parts as unknown[]).length).toBe(100);
});

test("two producers' files of one name are two titles, one producer's are one", async () => {
  const { start } = setup();
  const file = { name: "night.mp4", size: 1 };
  const keys = [await start(file), await start(file), await start(file, OTHER)].map(({ body }) => body.key);
  expect(keys[0]).toBe(keys[1]);
  expect(keys[2]).not.toBe(keys[0]);
});

test("captions belong to no title of their own", async () => {
  const { body } = await setup().start({ name: "night.en.vtt", size: 9 });
  expect(body.assetId).toBeUndefined();
});

describe("a file that replaces a title's", () => {
  const file = { name: "other name.mp4", size: 1, replaces: ASSET };

  test("is stored in its place when an editor says so", async () => {
    expect((await setup().start(file, EDITOR)).body).toMatchObject({ key: "uploads/night.mp4" });
  });

  test("is refused to a producer whose title it is not, as if there were none", async () => {
    const refusals = [
      await setup().start(file),
      await setup().start({ ...file, replaces: "day-0123456789ab" }, EDITOR),
    ];
    for (const { status, body } of refusals) {
      expect([status, body]).toEqual([
        404,
        { error: "TITLE_NOT_FOUND", message: "There is no such title that you may replace." },
      ]);
    }
  });

  test("must be of the same kind", async () => {
    const { status, body } = await setup().start({ ...file, name: "other.mov" }, EDITOR);
    expect([status, body]).toEqual([
      409,
      { error: "SUFFIX_DIFFERS", message: "The title's file is a .mp4 and can be replaced by one only." },
    ]);
  });

  test.each([{ replaces: "../x" }, { replaces: 7 }, { name: "a.vtt" }])("%j is refused", async (more) => {
    const { status, body } = await setup().start({ ...file, ...more }, EDITOR);
    expect([status, body]).toEqual([
      400,
      { error: "REPLACES_INVALID", message: "replaces must be the id of a title, and the file a video." },
    ]);
  });
});

test("what the file's own rules refuse begins no upload, and is counted", async () => {
  const { start, uploads, entries } = setup();
  const { status, body } = await start({ name: "../../etc/x.mp4", size: 1 });
  expect([status, body.error, uploads.begun.size]).toEqual([400, "NAME_INVALID", 0]);
  expect(entries).toEqual([{ code: "UPLOAD_REFUSED", fields: { reason: "NAME_INVALID" } }]);
});
