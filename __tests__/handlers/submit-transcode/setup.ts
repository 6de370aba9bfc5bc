import type { CreateJobRequest, ProbeResult } from "@aws-sdk/client-mediaconvert";
import { assetIdOf } from "../../../handlers/shared/asset-id";
import { ok } from "../../../handlers/shared/result";
import { type Deps, makeHandler } from "../../../handlers/submit-transcode/handler";
import type { Encoder } from "../../../handlers/submit-transcode/encoder";
import { jobTemplate } from "../../../job-templates/job-template";
import { type MemoryCatalogue, memoryCatalogue } from "../support/memory-catalogue";
import { recordedLog } from "../support/recorded-log";
import { NOW } from "../support/titles";
import { unexpected } from "../support/unexpected";

export const SEQUENCER = "0062e99a88dc407460";
export const ID = assetIdOf("source", "uploads/night.mp4");
export const PROBE: ProbeResult = {
  Container: {
    Format: "mp4",
    Duration: 20,
    Tracks: [{ TrackType: "video", VideoProperties: { Width: 640, Height: 360 } }, { TrackType: "audio" }],
  },
};
export const LADDER = { rungs: ["240p", "360p", "480p"], segmentSeconds: 4, gopSeconds: 2 } as const;
export const TEMPLATE = jobTemplate("mediapackage", LADDER).settings;

export function setup(
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
export const only = (catalogue: MemoryCatalogue) => Object.values(catalogue.only().versions);
