import { explain, type Problem } from "../../../../local/player/problem";
import { ok, refused } from "../../../../local/player/result";
import { createUploadDesk } from "../../../../local/player/upload/upload-desk";
import type { UploadRecord } from "../../../../local/player/upload/upload-record";
import type { Uploads, UploadStanding } from "../../../../local/player/upload/uploads";
import type { TransferState } from "../../../../local/player/upload/transfer";
import type { UploadHandlers, UploadView } from "../../../../local/player/view/upload-view";

const FILE = new File(["0123456789"], "night.mp4", { lastModified: 5 });
const standing = (uploadId: string): UploadStanding => ({
  uploadId,
  partSize: 10,
  parts: [{ number: 1, size: 10, url: "https://s3/1" }],
  received: 0,
});

/** The service knows one unfinished upload, `old`; the record says whether it is this file's. */
function setup({
  known = true,
  startRefused,
  listRefused,
}: { known?: boolean; startRefused?: Problem; listRefused?: Problem } = {}) {
  const asked: string[] = [];
  const shown: string[] = [];
  const marks = new Set(known ? ["old"] : []);
  const out: { handlers?: UploadHandlers; signedOut?: Problem; problem?: Problem } = {};
  const answer = <T>(call: string, value: T) => {
    asked.push(call);
    return Promise.resolve(ok(value));
  };
  const uploads: Uploads = {
    start: ({ name }) =>
      startRefused ? Promise.resolve(refused(startRefused)) : answer(`start ${name}`, standing("new")),
    look: (id) => answer(`look ${id}`, { ...standing(id), parts: [] }),
    unfinished: () =>
      Promise.resolve(listRefused ? refused(listRefused) : ok([{ uploadId: "old", name: "night.mp4" }])),
    complete: (id) => answer(`complete ${id}`, {}),
    abort: (id) => answer(`abort ${id}`, {}),
  };
  const record: UploadRecord = {
    remember: (id) => void marks.add(id),
    isOf: (id) => marks.has(id),
    forget: (id) => void marks.delete(id),
  };
  const view: UploadView = {
    open: () => void shown.push("open"),
    hide: () => void shown.push("hide"),
    begin: (name) => void shown.push(`begin ${name}`),
    show: ({ phase }: TransferState) => void (shown.at(-1) !== phase && shown.push(phase)),
    problem: (problem) => void (out.problem = problem),
    unfinished: (list) => void shown.push(`unfinished ${list.map(({ uploadId }) => uploadId).join()}`),
    clear: () => void shown.push("clear"),
  };
  const desk = createUploadDesk({
    uploads,
    record,
    put: () => Promise.resolve(200),
    wait: () => Promise.reject(new Error("nothing here waits")),
    view: (handlers) => ((out.handlers = handlers), view),
    onSignedOut: (problem) => (out.signedOut = problem),
  });
  const settle = () => new Promise((done) => setTimeout(done, 5));
  const choose = async (): Promise<void> => {
    out.handlers?.onFile(FILE);
    await settle();
  };
  return { desk, asked, shown, marks, out, choose, settle };
}

test("the very file that an upload was begun with goes on with it, and is forgotten when it is done", async () => {
  const { choose, asked, shown, marks } = setup();
  await choose();
  expect(asked).toEqual(["look old", "complete old"]);
  expect(shown).toEqual(expect.arrayContaining(["begin night.mp4", "sending", "finishing", "done"]));
  expect([...marks]).toEqual([]);
});

test("another file of the same name begins an upload of its own", async () => {
  const { choose, asked } = setup({ known: false });
  await choose();
  expect(asked).toEqual(["start night.mp4", "look new", "complete new"]);
});

test("what is refused at the start is told, and another file can be chosen", async () => {
  const problem = explain({ status: 413, code: "TOO_LARGE", message: "A file must be at most 5 bytes." });
  const { choose, shown, out } = setup({ known: false, startRefused: problem });
  await choose();
  expect([shown, out.problem]).toEqual([["begin night.mp4", "clear"], problem]);
});

test("a cancelled upload is thrown away at the service", async () => {
  const { choose, asked, shown, out, settle, marks } = setup();
  await choose();
  out.handlers?.onCancel();
  await settle();
  expect([asked.at(-1), shown.includes("clear"), [...marks]]).toEqual(["abort old", true, []]);
});

test("unfinished uploads are shown when the view opens, and can be thrown away", async () => {
  const { desk, shown, out, asked, settle } = setup();
  desk.open();
  await settle();
  expect(shown).toEqual(["open", "unfinished old"]);
  out.handlers?.onDiscard("old");
  await settle();
  expect(asked).toEqual(["abort old"]);
});

test("a session that has ended leads back to the sign-in", async () => {
  const problem = explain({ status: 401 });
  const { desk, out, settle } = setup({ listRefused: problem });
  desk.open();
  await settle();
  expect([out.signedOut, out.problem]).toEqual([problem, undefined]);
});
