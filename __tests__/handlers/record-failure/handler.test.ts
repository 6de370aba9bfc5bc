import { makeHandler } from "../../../handlers/record-failure/handler";
import { jobStateChange } from "../support/job-event";
import { memoryCatalogue, type MemoryCatalogue } from "../support/memory-catalogue";
import { recordedLog } from "../support/recorded-log";
import { ASSET, NOW, NOW_ISO, title, version } from "../support/titles";
import { unexpected } from "../support/unexpected";

const ERROR = jobStateChange("ERROR", { errorCode: 1040, errorMessage: "The input has no video." });

function setup(catalogue: MemoryCatalogue) {
  const { log, codes, entries } = recordedLog();
  return { handler: makeHandler({ catalogue, now: () => NOW, log }), codes, entries, catalogue };
}
const transcoding = (more = {}) =>
  memoryCatalogue(title([version("20", { status: "TRANSCODING", job: { id: "j1", status: "SUBMITTED" }, ...more })]));

test("a failed job fails its version, with the reason that MediaConvert gave", async () => {
  const { handler, catalogue, entries } = setup(transcoding());
  await handler(ERROR);
  const failure = { stage: "transcode", code: "MEDIACONVERT_1040", reason: "The input has no video." };
  expect(catalogue.only().versions["20"]).toMatchObject({
    status: "FAILED",
    at: { FAILED: NOW_ISO },
    job: { id: "j1", status: "ERROR" },
    failure,
  });
  expect(entries).toEqual([
    {
      code: "JOB_FAILED",
      fields: { assetId: ASSET, version: "20", jobId: "j1", failure: failure.code, reason: failure.reason },
    },
  ]);
});

test.each([
  [jobStateChange("CANCELED"), { code: "CANCELED", reason: "The job was cancelled." }],
  [jobStateChange("ERROR"), { code: "ERROR", reason: "MediaConvert gave no reason." }],
])("an end without a message is still put in words", async (event, failure) => {
  const { handler, catalogue } = setup(transcoding());
  await handler(event);
  expect(catalogue.only().versions["20"]?.failure).toEqual({ stage: "transcode", ...failure });
});

test("the version that plays goes on playing", async () => {
  const playing = version("10", { status: "PUBLISHED" });
  const next = version("20", { status: "TRANSCODING", job: { id: "j1", status: "SUBMITTED" } });
  const { handler, catalogue } = setup(
    memoryCatalogue(title([playing, next], { playing: "10", publishState: "PUBLISHED" })),
  );
  await handler(ERROR);
  expect(catalogue.only()).toMatchObject({
    playing: "10",
    publishState: "PUBLISHED",
    versions: { "20": { status: "FAILED" } },
  });
});

test("a failure that comes before its job is on record is not lost", async () => {
  const { handler, catalogue } = setup(transcoding({ status: "RECEIVED", job: undefined }));
  await handler(ERROR);
  expect(catalogue.only().versions["20"]).toMatchObject({ status: "FAILED", job: { id: "j1", status: "ERROR" } });
});

test("delivered twice, or after the version was settled, it changes nothing", async () => {
  const { handler, catalogue, codes } = setup(transcoding({ status: "PUBLISHED" }));
  await handler(ERROR);
  expect([codes, catalogue.only().versions["20"]?.status]).toEqual([["JOB_DUPLICATE"], "PUBLISHED"]);
});

test.each([
  ["another job", transcoding({ job: { id: "j0", status: "SUBMITTED" } }), ERROR],
  ["no title", memoryCatalogue(), ERROR],
  [
    "a job without our metadata",
    unexpected<MemoryCatalogue>("catalogue"),
    jobStateChange("ERROR", { userMetadata: {} }),
  ],
  ["a job that completed", unexpected<MemoryCatalogue>("catalogue"), jobStateChange("COMPLETE")],
])("%s is not ours", async (_, catalogue, event) => {
  const { handler, codes } = setup(catalogue);
  await handler(event);
  expect(codes).toEqual(["JOB_NOT_OURS"]);
});

test("an event that cannot be read is counted and not retried", async () => {
  const { handler, entries } = setup(unexpected<MemoryCatalogue>("catalogue"));
  await handler({ source: "aws.mediaconvert", detail: { status: "PROGRESSING", jobId: "j" } });
  expect(entries).toEqual([
    {
      code: "EVENT_REJECTED",
      fields: { reason: 'detail.status must be "COMPLETE" or "ERROR" or "CANCELED", got "PROGRESSING"' },
    },
  ]);
});
