import { ok, refused } from "../../../handlers/shared/result";
import type { Encoder } from "../../../handlers/submit-transcode/encoder";
import { jobTemplate } from "../../../job-templates/job-template";
import type { MemoryCatalogue } from "../support/memory-catalogue";
import { objectCreated } from "../support/object-created";
import { NOW_ISO } from "../support/titles";
import { unexpected } from "../support/unexpected";
import { ID, LADDER, only, PROBE, SEQUENCER, setup } from "./setup";

test("an upload becomes a job, and the title says which", async () => {
  const { handler, catalogue, jobs, codes } = setup();
  await handler(objectCreated({ sequencer: SEQUENCER.toUpperCase() }));
  expect(codes).toEqual(["UPLOAD_CLAIMED", "JOB_SUBMITTED"]);
  expect(catalogue.only().versions[SEQUENCER]).toMatchObject({
    status: "TRANSCODING",
    at: { RECEIVED: NOW_ISO, TRANSCODING: NOW_ISO },
    job: { id: "job-1", status: "SUBMITTED" },
    template: { name: "vod-local-mediapackage-hls-abc", version: "abc" },
    poster: `/posters/${ID}/${SEQUENCER}/poster.0000000.jpg`,
    renditions: [
      { name: "240p", width: 426, height: 240 },
      { name: "360p", width: 640, height: 360 },
    ],
    durationSeconds: 20,
    hasAudio: true,
  });
  expect(catalogue.only().versions[SEQUENCER]).not.toHaveProperty("leaseUntil");
  const { Settings: settings, ClientRequestToken: token, ...rest } = jobs[0] ?? { Role: "", Settings: {} };
  expect(rest).toEqual({
    Queue: "arn:queue",
    Role: "arn:role",
    UserMetadata: { assetId: ID, version: SEQUENCER },
    Tags: { assetId: ID, version: SEQUENCER },
    StatusUpdateInterval: "SECONDS_10",
  });
  expect(token).toMatch(/^[0-9a-f]{64}$/);
  expect(settings?.OutputGroups).toHaveLength(3);
});

test.each([
  [["uploads/night.mp4"], true],
  [["uploads/night.mp4.txt"], false],
])("a listing of %j says whether the file is there: %j", async (objects, expected) => {
  const asked: unknown[] = [];
  const probe: Encoder["probe"] = async (...call) => {
    asked.push(call);
    return ok(PROBE);
  };
  await setup({ probe }, objects).handler(objectCreated({}));
  expect(asked).toEqual([["s3://source/uploads/night.mp4", expected]]);
});

test("a single file is on record where the template makes one", async () => {
  const template = () => Promise.resolve(jobTemplate("mediapackage", LADDER, "360p").settings);
  const { handler, catalogue } = setup({ template });
  await handler(objectCreated({ sequencer: SEQUENCER }));
  expect(catalogue.only().versions[SEQUENCER]?.download).toBe(`/downloads/${ID}/${SEQUENCER}/${ID}.mp4`);
  const without = setup();
  await without.handler(objectCreated({ sequencer: SEQUENCER }));
  expect(without.catalogue.only().versions[SEQUENCER]).not.toHaveProperty("download");
});

test("the token depends on title and version, so that a quick redelivery makes no second job", async () => {
  const tokens = new Set<string | undefined>();
  for (const sequencer of ["01", "01", "02"]) {
    const { handler, jobs } = setup();
    await handler(objectCreated({ sequencer }));
    tokens.add(jobs[0]?.ClientRequestToken);
  }
  expect(tokens.size).toBe(2);
});

test("the event delivered twice makes one job", async () => {
  const { handler, jobs, codes } = setup();
  await handler(objectCreated({}));
  await handler(objectCreated({}));
  expect(jobs).toHaveLength(1);
  expect(codes.at(-1)).toBe("UPLOAD_DUPLICATE");
});

test("two uploads in the wrong order make one job, of the newer", async () => {
  const { handler, jobs, codes, catalogue } = setup();
  await handler(objectCreated({ sequencer: "02" }));
  await handler(objectCreated({ sequencer: "01" }));
  expect(jobs.map((job) => job.UserMetadata?.version)).toEqual(["02"]);
  expect(codes.at(-1)).toBe("UPLOAD_SUPERSEDED");
  expect(catalogue.only().versions["01"]?.status).toBe("SUPERSEDED");
});

test.each([
  ["another folder", objectCreated({ key: "drafts/night.mp4" })],
  ["another suffix", objectCreated({ key: "uploads/night.txt" })],
  ["another bucket", objectCreated({}, "elsewhere")],
])("an object in %s is no title", async (_, event) => {
  const { handler, codes } = setup({}, [], unexpected<MemoryCatalogue>("catalogue"));
  await handler(event);
  expect(codes).toEqual(["UPLOAD_IGNORED"]);
});

test("an event that cannot be read is counted and not retried", async () => {
  const { handler, codes } = setup({}, [], unexpected<MemoryCatalogue>("catalogue"));
  await handler({ nonsense: true });
  await handler(null);
  expect(codes).toEqual(["EVENT_REJECTED", "EVENT_REJECTED"]);
});

describe("a mezzanine that cannot be prepared fails before any cost", () => {
  const noJob = { submit: undefined as never };

  test("an empty file is not even probed", async () => {
    const { handler, catalogue, codes } = setup({ ...noJob, probe: undefined as never });
    await handler(objectCreated({ size: 0 }));
    expect(only(catalogue)[0]).toMatchObject({
      status: "FAILED",
      failure: { stage: "ingest", code: "EMPTY", reason: "The file is empty (0 bytes)." },
    });
    expect(codes).toEqual(["UPLOAD_CLAIMED", "MEZZANINE_REFUSED"]);
  });

  test("text named .mp4", async () => {
    const failure = { stage: "ingest", code: "UNREADABLE", reason: "The file cannot be read as video: moov" } as const;
    const { handler, catalogue, entries } = setup({ ...noJob, probe: () => Promise.resolve(refused(failure)) });
    await handler(objectCreated({}));
    expect(only(catalogue)[0]).toMatchObject({ status: "FAILED", failure });
    expect(entries.at(-1)).toEqual({
      code: "MEZZANINE_REFUSED",
      fields: { assetId: ID, version: SEQUENCER, stage: "ingest", failure: "UNREADABLE", reason: failure.reason },
    });
  });

  test("audio alone", async () => {
    const { handler, catalogue } = setup({
      ...noJob,
      probe: () => Promise.resolve(ok({ Container: { Tracks: [{ TrackType: "audio" }] } })),
    });
    await handler(objectCreated({}));
    expect(only(catalogue)[0]?.failure?.code).toBe("NO_VIDEO");
  });
});

test("a job that MediaConvert refuses is a failure of the transcode", async () => {
  const failure = { stage: "transcode", code: "JOB_REFUSED", reason: "MediaConvert refused the job: x" } as const;
  const { handler, catalogue, codes } = setup({ submit: () => Promise.resolve(refused(failure)) });
  await handler(objectCreated({}));
  expect(only(catalogue)[0]).toMatchObject({ status: "FAILED", failure });
  expect(codes.at(-1)).toBe("SUBMIT_REFUSED");
});
