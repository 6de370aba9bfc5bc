import { mkdir, rm } from "node:fs/promises";
import { extname } from "node:path";
import type { Principal } from "../../kernel/aws-service";
import type { ObjectStore } from "../../kernel/object-store";
import { encode, type Encoded } from "../../media/encode";
import { probe, type Mezzanine } from "../../media/probe";
import { videoTracks } from "../../media/probe-result";
import { parseWebVtt, type WebVtt } from "../../media/webvtt";
import { writeCmafGroup } from "./cmaf-group";
import { writeFileGroup } from "./file-group";
import { CONTENT_TYPES, type GroupOutput } from "./group-output";
import { writeHlsGroup } from "./hls-group";
import type { AssumeRole } from "../role-sessions";
import type { GroupDetail, Job, JobPhase } from "./job";
import { JobFailure } from "./job-failure";
import { planJob, type PlannedGroup } from "./plan";
import { parseS3Address } from "./s3-address";

export interface JobSurroundings {
  readonly objects: ObjectStore;
  /** Takes the job's role, on behalf of the job. */
  readonly assume: AssumeRole;
  /** Path of the program. */
  readonly ffmpeg: string;
  /** Directory for this job's files, made and removed here. */
  readonly directory: string;
  readonly signal: AbortSignal;
  onInput(media: Mezzanine): void;
  /** @param share of the phase that is done, 0-1 */
  onProgress(phase: JobPhase, share: number): void;
}

const WRITERS: Readonly<Record<string, (group: GroupOutput) => Promise<GroupDetail>>> = {
  HLS_GROUP_SETTINGS: writeHlsGroup,
  CMAF_GROUP_SETTINGS: writeCmafGroup,
  FILE_GROUP_SETTINGS: writeFileGroup,
};

/** An encoding that is this much shorter than its source (seconds, and share) comes from a damaged file. */
const MISSING = { seconds: 0.5, share: 0.02 } as const;

/** Reads, encodes and writes what a job says; resolves with what was written. Throws whatever stops it. */
export async function runJob(job: Job, around: JobSurroundings): Promise<GroupDetail[]> {
  const role = around.assume(job.role, { sourceArn: job.arn });
  around.onProgress("PROBING", 0);
  const source = parseS3Address(job.settings.inputs[0]!.fileInput)!;
  const input = await around.objects.file(role, source.bucket, source.key);
  const media = await readInput(input, around);
  around.onInput(media);
  const plan = planJob(job.settings, media);
  await rm(around.directory, { recursive: true, force: true });
  await mkdir(around.directory, { recursive: true });
  try {
    const { ffmpeg: program, directory, signal } = around;
    const onProgress = (share: number) => around.onProgress("TRANSCODING", share);
    const encoded = await encode({ program, input, duration: media.duration, outputs: plan.encode, directory, signal, onProgress });
    requireWhole(encoded, media);
    const details: GroupDetail[] = [];
    for (const [index, planned] of plan.groups.entries()) {
      around.onProgress("UPLOADING", index / plan.groups.length);
      const write = WRITERS[planned.group.outputGroupSettings.type]!;
      details.push(await write(groupOutput(job, role, planned, encoded, around)));
    }
    return details;
  } finally {
    await rm(around.directory, { recursive: true, force: true });
  }
} // prettier-ignore

async function readInput(path: string, { ffmpeg, signal }: JobSurroundings): Promise<Mezzanine> {
  const outcome = await probe(path, ffmpeg, signal);
  if (!outcome.ok) throw new JobFailure(1040, `the input cannot be read: ${outcome.message}`);
  return outcome.media;
}

/** ffmpeg ends well when a file breaks off in the middle; a title must not be published without its end. */
function requireWhole({ segments }: Encoded, media: Mezzanine): void {
  const expected = videoTracks(media)[0]?.duration ?? 0;
  for (const { output, duration } of segments.values()) {
    if (!output.video || expected - duration <= Math.max(MISSING.seconds, MISSING.share * expected)) continue;
    const got = duration.toFixed(1);
    throw new JobFailure(
      1040,
      `the input is damaged: it says ${expected.toFixed(1)} s of video, ${got} s could be decoded`,
    );
  }
}

function groupOutput(
  job: Job,
  role: Principal,
  planned: PlannedGroup,
  encoded: Encoded,
  around: JobSurroundings,
): GroupOutput {
  const { objects, signal } = around;
  return {
    planned,
    encoded,
    captions: (selector) => readCaptions(job, selector, objects, role),
    async put(suffix, body) {
      signal.throwIfAborted();
      const { bucket, key } = { ...planned.base, key: planned.base.key + suffix };
      const contentType = CONTENT_TYPES[extname(key).slice(1) as keyof typeof CONTENT_TYPES];
      await objects.put(role, bucket, key, typeof body === "string" ? Buffer.from(body) : body, {
        contentType,
        inParts: true, // MediaConvert writes while it encodes
      });
      return `s3://${bucket}/${key}`;
    },
  };
}

async function readCaptions(
  { settings }: Job,
  selector: string,
  objects: ObjectStore,
  role: Principal,
): Promise<WebVtt> {
  const source = settings.inputs[0]!.captionSelectors![selector]!.sourceSettings!.fileSourceSettings!.sourceFile!;
  const { bucket, key } = parseS3Address(source)!;
  const bytes = await objects.read(role, bucket, key);
  return parseWebVtt(bytes.toString("utf8"), key);
}
