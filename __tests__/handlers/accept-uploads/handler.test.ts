import { UPLOAD_ROUTES } from "../../../handlers/accept-uploads/contract";
import { encodeUploadId } from "../../../handlers/accept-uploads/upload-id";
import { httpEvent } from "../support/http-event";
import { EDITOR, FOLDER, OTHER, PRODUCER, setup } from "./setup";

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
