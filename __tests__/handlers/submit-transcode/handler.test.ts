import type { CreateJobRequest, ProbeResult } from "@aws-sdk/client-mediaconvert";
import { assetIdOf } from "../../../handlers/shared/asset-id";
import { ok, refused } from "../../../handlers/shared/result";
import { type Deps, makeHandler } from "../../../handlers/submit-transcode/handler";
import type { Encoder } from "../../../handlers/submit-transcode/encoder";
import { jobTemplate } from "../../../job-templates/job-template";
import { type MemoryCatalogue, memoryCatalogue } from "../support/memory-catalogue";
import { objectCreated } from "../support/object-created";
import { recordedLog } from "../support/recorded-log";
import { NOW, NOW_ISO } from "../support/titles";
import { unexpected } from "../support/unexpected";

const SEQUENCER = "0062e99a88dc407460";
const ID = assetIdOf("source", "uploads/night.mp4");
const PROBE: ProbeResult = {
  Container: {
    Format: "mp4",
    Duration: 20,
    Tracks: [{ TrackType: "video", VideoProperties: { Width: 640, Height: 360 } }, { TrackType: "audio" }],
  },
};
const LADDER = { rungs: ["240p", "360p", "480p"], segmentSeconds: 4, gopSeconds: 2 } as const;
const TEMPLATE = jobTemplate("mediapackage", LADDER).settings;

function setup(
  encoderOverrides: Partial<Encoder> = {},
  objects: string[] = [],
  catalogue: MemoryCatalogue = memoryCatalogue(),
) {
  const jobs: CreateJobRequest[] = [];
  const encoder = unexpected<Encoder>("encoder", {
    probe: () => Promise.resolve(ok(PROBE)),
    template: () => Promise.resolve(TEMPLATE),
    submit: (job) => Promise.resolve(ok(`job-${jobs.push(job)}`)),
    ...encoderOverrides,
  });
  const { log, codes, entries } = recordedLog();
  const clock = { now: NOW };
  const deps: Deps = {
    catalogue,
    encoder,
    listObjects: (_, prefix) =>
      Promise.resolve(objects.filter((key) => key.startsWith(prefix)).map((key) => ({ key, etag: `etag of ${key}` }))),
    now: () => clock.now,
    log,
    uploads: { bucket: "source", prefix: "uploads/" },
    settings: {
      topology: "mediapackage",
      jobTemplate: "vod-local-mediapackage-hls-abc",
      jobTemplateVersion: "abc",
      queueArn: "arn:queue",
      roleArn: "arn:role",
      packagedBucket: "packaged",
    },
  };
  return { handler: makeHandler(deps), deps, catalogue, jobs, codes, entries, clock, objects };
}
const only = (catalogue: MemoryCatalogue) => Object.values(catalogue.only().versions);

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

test("captions that are there already go into the first job", async () => {
  const { handler, catalogue, jobs } = setup({}, ["uploads/night.mp4", "uploads/night.en.vtt"]);
  await handler(objectCreated({}));
  expect(only(catalogue)[0]).toMatchObject({
    captions: ["en"],
    sideCars: [{ key: "uploads/night.en.vtt", etag: "etag of uploads/night.en.vtt", language: "en" }],
  });
  expect(
    jobs[0]?.Settings?.Inputs?.[0]?.CaptionSelectors?.["Caption Selector 1"]?.SourceSettings?.FileSourceSettings,
  ).toEqual({
    SourceFile: "s3://source/uploads/night.en.vtt",
  });
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

describe("broken off", () => {
  test("throttling is thrown, and the retry goes on at once", async () => {
    const throttled = new Error("Too many requests");
    const { handler, catalogue, jobs, deps } = setup({ template: () => Promise.reject(throttled) });
    await expect(handler(objectCreated({}))).rejects.toBe(throttled);
    expect(only(catalogue)[0]?.leaseUntil).toBeUndefined();
    const template = () => Promise.resolve(TEMPLATE);
    await makeHandler({
      ...deps,
      encoder: { ...setup().deps.encoder, template, probe: deps.encoder.probe, submit: deps.encoder.submit },
    })(objectCreated({}));
    expect(jobs).toHaveLength(1);
    expect(only(catalogue)[0]?.status).toBe("TRANSCODING");
  });

  test("a second delivery while the first is at work is sent away, and takes over once the lease is out", async () => {
    const stuck = new Promise<never>(() => undefined);
    const { handler, deps, clock, jobs } = setup();
    const first = makeHandler({ ...deps, encoder: { ...deps.encoder, probe: () => stuck } });
    void first(objectCreated({}));
    await new Promise((resolve) => setImmediate(resolve));
    await expect(handler(objectCreated({}))).rejects.toThrow(
      new Error(`Title ${ID}, version ${SEQUENCER}: another invocation is preparing it`),
    );
    clock.now = NOW + 60_001;
    await handler(objectCreated({}));
    expect(jobs).toHaveLength(1);
  });

  describe("between CreateJob and its record", () => {
    async function brokenOff(submitted: Encoder["submitted"]) {
      const { handler, deps, catalogue, jobs, clock } = setup({ submitted });
      const crash = new Error("crash");
      let writes = 0;
      const crashing: MemoryCatalogue = {
        ...catalogue,
        // claim, plan, then the record of the job and the return of the lease
        change: (id, decide) => ((writes += 1) > 2 ? Promise.reject(crash) : catalogue.change(id, decide)),
      };
      await expect(makeHandler({ ...deps, catalogue: crashing })(objectCreated({}))).rejects.toBe(crash);
      expect([jobs.length, only(catalogue)[0]?.status]).toEqual([1, "RECEIVED"]);
      clock.now = NOW + 60_001;
      await handler(objectCreated({}));
      return { catalogue, jobs };
    }

    test("the retry finds the job, pays for no other, and the title goes on", async () => {
      const asked: unknown[] = [];
      const { catalogue, jobs } = await brokenOff((sought) =>
        Promise.resolve(asked.push(sought) ? "job-1" : undefined),
      );
      expect(jobs).toHaveLength(1);
      expect(asked).toEqual([{ queueArn: "arn:queue", assetId: ID, version: SEQUENCER, since: NOW_ISO }]);
      expect(only(catalogue)[0]).toMatchObject({ status: "TRANSCODING", job: { id: "job-1" } });
    });

    test("where CreateJob itself broke off there is none, and the retry submits with the same token", async () => {
      const { catalogue, jobs } = await brokenOff(() => Promise.resolve(undefined));
      expect(jobs.map((job) => job.ClientRequestToken)).toEqual([
        jobs[0]?.ClientRequestToken,
        jobs[0]?.ClientRequestToken,
      ]);
      expect(only(catalogue)[0]).toMatchObject({ status: "TRANSCODING", job: { id: "job-2" } });
    });
  });

  test("overtaken by a newer upload while it was probed, it is superseded before any cost", async () => {
    const { handler, deps, catalogue, jobs, codes } = setup();
    const probe: Encoder["probe"] = async () => {
      await handler(objectCreated({ sequencer: "ff" }));
      return ok(PROBE);
    };
    await makeHandler({ ...deps, encoder: { ...deps.encoder, probe } })(objectCreated({}));
    expect(jobs.map((job) => job.UserMetadata?.version)).toEqual(["ff"]);
    expect(catalogue.only().versions[SEQUENCER]?.status).toBe("SUPERSEDED");
    expect(codes.at(-1)).toBe("SUBMIT_OVERTAKEN");
  });

  test("the job's end can be on record before its start: only the id is added", async () => {
    const { deps, catalogue } = setup();
    const submit: Encoder["submit"] = async () => {
      await catalogue.change(ID, (found) => {
        const version = found?.versions[SEQUENCER];
        const failed = version && { ...version, status: "FAILED" as const };
        return { write: found && failed && { ...found, versions: { [SEQUENCER]: failed } }, result: undefined };
      });
      return ok("job-9");
    };
    await makeHandler({ ...deps, encoder: { ...deps.encoder, submit } })(objectCreated({}));
    expect(only(catalogue)[0]).toMatchObject({ status: "FAILED", job: { id: "job-9" } });
  });
});

describe("captions that arrive later", () => {
  const captions = objectCreated({ key: "uploads/night.en.vtt", sequencer: "aa" });

  test("re-prepare the title as a new version", async () => {
    const { handler, objects, jobs, catalogue } = setup({}, ["uploads/night.mp4"]);
    await handler(objectCreated({}));
    objects.push("uploads/night.en.vtt");
    await handler(captions);
    expect(jobs.map((job) => job.UserMetadata?.version)).toEqual([SEQUENCER, "aa"]);
    expect(catalogue.only()).toMatchObject({
      latest: "aa",
      versions: { aa: { status: "TRANSCODING", captions: ["en"] } },
    });
    await handler(captions);
    expect(jobs).toHaveLength(2);
  });

  test("that the job included already change nothing", async () => {
    const { handler, jobs, codes } = setup({}, ["uploads/night.mp4", "uploads/night.en.vtt"]);
    await handler(objectCreated({}));
    await handler(captions);
    expect([jobs.length, codes.at(-1)]).toEqual([1, "SIDE_CAR_INCLUDED"]);
  });

  test("beside no video, or before the video is on record, are left alone", async () => {
    const alone = setup({}, ["uploads/night.en.vtt"]);
    await alone.handler(captions);
    const early = setup({}, ["uploads/night.mp4", "uploads/night.en.vtt"]);
    await early.handler(captions);
    expect([alone.codes, early.codes]).toEqual([["SIDE_CAR_ALONE"], ["SIDE_CAR_ALONE"]]);
    expect([alone.catalogue.titles.size, early.catalogue.titles.size]).toEqual([0, 0]);
  });
});
