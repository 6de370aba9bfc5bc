import { UPLOAD_ROUTES } from "../../../handlers/accept-uploads/contract";
import { makeHandler } from "../../../handlers/accept-uploads/handler";
import { encodeUploadId } from "../../../handlers/accept-uploads/upload-id";
import { assetIdOf } from "../../../handlers/shared/asset-id";
import { httpEvent, SECRET } from "../support/http-event";
import { memoryCatalogue } from "../support/memory-catalogue";
import { memoryUploads } from "../support/memory-uploads";
import { recordedLog } from "../support/recorded-log";
import { ASSET, NOW, title, version } from "../support/titles";

const MIB = 1024 * 1024;
const PRODUCER = { sub: "producer-1", "cognito:groups": "[producers]" };
const OTHER = { sub: "producer-2", "cognito:groups": "[producers]" };
const EDITOR = { sub: "editor-1", "cognito:groups": "[editors]" };
/** Of `producer-1`. */
const FOLDER = "uploads/5b4a67b5c5d8/";

type More = Omit<NonNullable<Parameters<typeof httpEvent>[1]>, "body"> & { body?: object | string };

const textOf = (body: object | string | undefined): string | undefined =>
  typeof body === "object" ? JSON.stringify(body) : body;

function setup() {
  const uploads = memoryUploads();
  const { log, codes, entries } = recordedLog();
  const handler = makeHandler({
    catalogue: memoryCatalogue(title([version("20")])),
    uploads,
    now: () => NOW,
    log,
    settings: {
      bucket: "source",
      uploadPrefix: "uploads/",
      maximumBytes: 1024 * MIB,
      groupsClaim: "cognito:groups",
      originSecret: SECRET,
    },
  });
  const ask = async (route: keyof typeof UPLOAD_ROUTES, more: More = {}) => {
    const { statusCode, body } = await handler(
      httpEvent(UPLOAD_ROUTES[route], { claims: PRODUCER, ...more, body: textOf(more.body) }),
    );
    return {
      status: statusCode,
      body: JSON.parse(body) as Record<string, unknown> & { uploadId: string },
    };
  };
  const start = (body: object, claims: object = PRODUCER) => ask("start_upload", { body, claims });
  /** As if the parts had been put to their addresses. */
  const arrive = (number: number, ...sizes: number[]) =>
    sizes.forEach((size, index) =>
      uploads.begun.get(`s3-${number}`)?.parts.push({ number: index + 1, size, etag: `"e${index + 1}"` }),
    );
  return { handler, ask, start, arrive, uploads, codes, entries };
}

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

test("an upload goes on where it stood", async () => {
  const { ask, start, arrive } = setup();
  const { uploadId } = (await start({ name: "night.mp4", size: 20 * MIB })).body;
  arrive(1, 8 * MIB);
  const { status, body } = await ask("resume_upload", { path: { uploadId }, query: { size: String(20 * MIB) } });
  expect([status, body]).toMatchObject([
    200,
    {
      received: [{ number: 1, size: 8 * MIB }],
      parts: [{ number: 2 }, { number: 3, size: 4 * MIB }],
    },
  ]);
});

test("a producer sees their own uploads, newest first, and no other's", async () => {
  const { ask, start } = setup();
  await start({ name: "a.mp4", size: 1 });
  await start({ name: "b.mp4", size: 1 });
  await start({ name: "c.mp4", size: 1 }, OTHER);
  const { body } = await ask("list_uploads");
  expect(body.items).toMatchObject([
    { name: "b.mp4", startedAt: "2030-01-02T00:00:00.000Z", partSize: 8 * MIB },
    { name: "a.mp4", startedAt: "2030-01-01T00:00:00.000Z", partSize: 8 * MIB },
  ]);
});

describe("completing", () => {
  const size = 10 * MIB;

  test("puts the parts together and names the title", async () => {
    const { ask, start, arrive, uploads, codes } = setup();
    const { uploadId, key, assetId } = (await start({ name: "night.mp4", size })).body;
    arrive(1, 8 * MIB, 2 * MIB);
    const { status, body } = await ask("complete_upload", { path: { uploadId }, body: { size } });
    expect([status, body]).toMatchObject([200, { key, assetId, size }]);
    expect(uploads.stored).toEqual([{ key, size, parts: 2 }]);
    expect(codes).toEqual(["UPLOAD_STARTED", "UPLOAD_COMPLETED"]);
  });

  test("is refused while parts are missing, or are another file's", async () => {
    const { ask, start, arrive, uploads } = setup();
    const { uploadId } = (await start({ name: "night.mp4", size })).body;
    arrive(1, 8 * MIB, MIB);
    const { status, body } = await ask("complete_upload", { path: { uploadId }, body: { size } });
    expect([status, body]).toEqual([
      409,
      { error: "UPLOAD_INCOMPLETE", message: "These parts of the file are missing: 2." },
    ]);
    const huge = await ask("complete_upload", { path: { uploadId }, body: { size: 400 * MIB } });
    expect(huge.body.message).toMatch(/^These parts of the file are missing: 2, 3, .*, 21 and 29 more\.$/);
    expect(uploads.stored).toEqual([]);
  });

  test("says so again when its first answer was lost", async () => {
    const { handler, ask, start, arrive, uploads } = setup();
    const { uploadId } = (await start({ name: "night.mp4", size })).body;
    arrive(1, 8 * MIB, 2 * MIB);
    uploads.loseAnswer();
    const event = httpEvent(UPLOAD_ROUTES.complete_upload, {
      claims: PRODUCER,
      path: { uploadId },
      body: textOf({ size }),
    });
    await expect(handler(event)).rejects.toThrow("S3 did not answer in time");
    expect((await ask("complete_upload", { path: { uploadId }, body: { size } })).status).toBe(200);
  });

  test.each([undefined, 0, 1.5, "x", 2 ** 60])("needs the file's size, not %j", async (wrong) => {
    const { ask, start } = setup();
    const { uploadId } = (await start({ name: "night.mp4", size })).body;
    const { status, body } = await ask("complete_upload", { path: { uploadId }, body: { size: wrong } });
    expect([status, body]).toEqual([
      400,
      { error: "SIZE_INVALID", message: "size must be the file's bytes, a whole number from 1 to 1073741824." },
    ]);
    expect((await ask("resume_upload", { path: { uploadId }, query: { size: String(wrong) } })).status).toBe(400);
  });
});

test("a cancelled upload is gone", async () => {
  const { ask, start, codes } = setup();
  const { uploadId } = (await start({ name: "night.mp4", size: 1 })).body;
  expect(await ask("abort_upload", { path: { uploadId } })).toEqual({ status: 200, body: { uploadId } });
  const gone = {
    error: "UPLOAD_NOT_FOUND",
    message: "There is no such upload: it was completed, cancelled, or left alone for a week.",
  };
  expect(await ask("abort_upload", { path: { uploadId } })).toEqual({ status: 404, body: gone });
  const size = "1";
  expect(await ask("resume_upload", { path: { uploadId }, query: { size } })).toEqual({ status: 404, body: gone });
  expect(await ask("complete_upload", { path: { uploadId }, body: { size: 1 } })).toEqual({ status: 404, body: gone });
  expect(codes).toEqual(["UPLOAD_STARTED", "UPLOAD_ABORTED"]);
});

test.each(["resume_upload", "complete_upload", "abort_upload"] as const)(
  "%s of another's upload is answered as if there were none, save to an editor",
  async (route) => {
    const { ask, start } = setup();
    const { uploadId } = (await start({ name: "night.mp4", size: 1 })).body;
    const more = { path: { uploadId }, query: { size: "1" }, body: { size: 1 } };
    expect((await ask(route, { ...more, claims: OTHER })).body.error).toBe("UPLOAD_NOT_FOUND");
    expect((await ask(route, { ...more, claims: EDITOR })).body.error).not.toBe("UPLOAD_NOT_FOUND");
  },
);

test.each([
  ["outside the upload prefix", { key: "elsewhere/night.mp4", s3UploadId: "s3-1" }],
  ["in a folder that begins like the producer's", { key: `${FOLDER.slice(0, -1)}x/night.mp4`, s3UploadId: "s3-1" }],
])("an id that was made up for a key %s is of no use", async (_, name) => {
  const { ask } = setup();
  for (const claims of [PRODUCER, EDITOR]) {
    const { body } = await ask("abort_upload", { path: { uploadId: encodeUploadId(name) }, claims });
    expect(body.error).toBe("UPLOAD_NOT_FOUND");
  }
});

test.each([
  ["nobody", null, 401, "UNAUTHENTICATED"],
  ["a token of nobody", { sub: "" }, 401, "UNAUTHENTICATED"],
  ["a viewer", { sub: "viewer-1" }, 403, "ROLE_REQUIRED"],
  [
    "a role that is called almost so",
    { sub: "viewer-1", "cognito:groups": "[producers-of-music]" },
    403,
    "ROLE_REQUIRED",
  ],
])("%s may not upload", async (_, claims, status, error) => {
  const { ask, uploads } = setup();
  for (const route of Object.keys(UPLOAD_ROUTES) as (keyof typeof UPLOAD_ROUTES)[]) {
    const answer = await ask(route, { claims, path: { uploadId: "x" }, body: { name: "a.mp4", size: 1 } });
    expect([answer.status, answer.body.error]).toEqual([status, error]);
  }
  expect(uploads.begun.size).toBe(0);
});

test("past the edge nothing is looked at", async () => {
  const { ask, codes } = setup();
  const { status, body } = await ask("list_uploads", { headers: { "x-vod-origin-secret": "guess" } });
  expect([status, body.error, codes]).toEqual([403, "FORBIDDEN", ["ORIGIN_SECRET_WRONG"]]);
});

test("a body that is no JSON is refused, and a route that is none", async () => {
  const { handler, ask } = setup();
  expect((await ask("start_upload", { body: "{" })).body).toEqual({
    error: "BODY_INVALID",
    message: "the body must be JSON",
  });
  const uploadId = encodeUploadId({ key: "uploads/x.mp4", s3UploadId: "s3-1" });
  const answer = await handler(httpEvent("PUT /api/uploads", { claims: EDITOR, path: { uploadId } }));
  expect([answer.statusCode, JSON.parse(answer.body)]).toEqual([
    404,
    { error: "NOT_FOUND", message: "There is no such address." },
  ]);
});

test.each([undefined, null, "text", 7, [], {}])("the event %j is answered, not thrown at", async (event) => {
  expect((await setup().handler(event)).statusCode).toBe(403);
});
