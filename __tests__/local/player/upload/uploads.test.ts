import { explain } from "../../../../local/player/problem";
import { ok, refused } from "../../../../local/player/result";
import { mayUpload } from "../../../../local/player/upload/roles";
import { createUploadRecord } from "../../../../local/player/upload/upload-record";
import { createUploads } from "../../../../local/player/upload/uploads";

const ANSWER = {
  uploadId: "u",
  partSize: 10,
  assetId: "night-0123456789ab",
  parts: [{ number: 2, size: 5, url: "https://s3/2" }, { number: 3 }],
  received: [{ number: 1, size: 10 }],
};
const STANDING = {
  uploadId: "u",
  partSize: 10,
  assetId: "night-0123456789ab",
  parts: [{ number: 2, size: 5, url: "https://s3/2" }],
  received: 10,
};

function setup(answer: unknown) {
  const calls: unknown[][] = [];
  const call =
    (method: string) =>
    (...args: unknown[]) => {
      calls.push([method, ...args]);
      return Promise.resolve(ok(answer));
    };
  return { calls, uploads: createUploads({ get: call("GET"), post: call("POST"), remove: call("DELETE") }) };
}

test("the API's routes are asked with the file's name and size", async () => {
  const { uploads, calls } = setup(ANSWER);
  expect(await uploads.start({ name: "night.mp4", size: 15 })).toEqual(ok(STANDING));
  expect(await uploads.look("a/b", 15)).toEqual(ok(STANDING));
  await uploads.complete("u", 15);
  await uploads.abort("u");
  expect(calls).toEqual([
    ["POST", "/api/uploads", { name: "night.mp4", size: 15 }],
    ["GET", "/api/uploads/a%2Fb?size=15"],
    ["POST", "/api/uploads/u/complete", { size: 15 }],
    ["DELETE", "/api/uploads/u"],
  ]);
});

test("unfinished uploads are listed by name; what cannot be read is left out", async () => {
  const items = [{ uploadId: "u", name: "night.mp4", startedAt: "2030" }, { uploadId: "v" }];
  expect(await setup({ items }).uploads.unfinished()).toEqual(ok([{ uploadId: "u", name: "night.mp4" }]));
});

test.each([{}, { ...ANSWER, parts: undefined }, { ...ANSWER, partSize: 0 }, "text"])(
  "an answer of %j is told as unreadable",
  async (answer) => {
    expect(await setup(answer).uploads.start({ name: "a", size: 1 })).toMatchObject({
      problem: { code: "UNREADABLE", title: "The answer about the upload could not be read" },
    });
    expect(await setup({}).uploads.unfinished()).toMatchObject({
      problem: { title: "The list of uploads could not be read" },
    });
  },
);

test("refusals are said for whoever uploads", async () => {
  const problem = explain({ status: 403, code: "ROLE_REQUIRED" });
  const answer = () => Promise.resolve(refused(problem));
  const uploads = createUploads({ get: answer, post: answer, remove: answer });
  expect(await uploads.start({ name: "a", size: 1 })).toEqual(
    refused({
      ...problem,
      title: "You may not upload",
      advice: "Uploading takes the role of a producer or an editor.",
    }),
  );
});

test("an upload is known again by the very file that it was begun with, and by no other of its name", () => {
  const items = new Map<string, string>();
  const storage = {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  };
  const file = { size: 10, lastModified: 5, name: "night.mp4" };
  createUploadRecord(storage).remember("u", file);
  const record = createUploadRecord(storage); // after a reload
  expect([
    record.isOf("u", file),
    record.isOf("u", { ...file, size: 11 }),
    record.isOf("u", { ...file, lastModified: 6 }),
    record.isOf("v", file),
  ]).toEqual([true, false, false, false]);
  expect([...items.values()].join()).not.toContain("night");
  record.forget("u");
  expect([record.isOf("u", file), items.size]).toEqual([false, 0]);
  items.set("uploads", "{");
  expect(record.isOf("u", file)).toBe(false);
});

describe("the way to uploads", () => {
  const token = (claims: object) => `x.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.x`;

  test.each([
    [{ groups: ["producers"] }, true],
    [{ groups: ["viewers", "editors"] }, true],
    [{ groups: "producers" }, true],
    [{ groups: ["viewers"] }, false],
    [{ groups: "producers-of-music" }, false],
    [{}, false],
  ])("is shown by the token's roles: %j", (claims, shown) => {
    expect(mayUpload(token(claims), "groups")).toBe(shown);
  });

  test("is shown to nobody where no claim holds roles, nor for a token that is none", () => {
    expect([mayUpload(token({ groups: ["editors"] }), undefined), mayUpload("opaque", "groups")]).toEqual([
      false,
      false,
    ]);
  });
});
