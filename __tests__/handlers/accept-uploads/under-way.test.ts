import { UPLOAD_ROUTES } from "../../../handlers/accept-uploads/contract";
import { httpEvent } from "../support/http-event";
import { MIB, OTHER, PRODUCER, setup, textOf } from "./setup";

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
