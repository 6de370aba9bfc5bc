import { EventReader, recordsOf, stringsOf } from "./read-event";
import type { Result } from "./result";
import type { Title, Version } from "./title";

export const JOB_OUTCOMES = ["COMPLETE", "ERROR", "CANCELED"] as const;
export type JobOutcome = (typeof JOB_OUTCOMES)[number];

/** The end of a MediaConvert job. */
export interface JobEvent {
  readonly outcome: JobOutcome;
  readonly jobId: string;
  /** Which version the job was for; absent when somebody else submitted it. */
  readonly assetId?: string;
  readonly version?: string;
  readonly errorCode?: number;
  readonly errorMessage?: string;
  /** `s3://` addresses of the manifests that were written. */
  readonly playlists: readonly string[];
  /** Of the longest rendition. */
  readonly durationSeconds?: number;
}

/** Reads `MediaConvert Job State Change` (https://docs.aws.amazon.com/mediaconvert/latest/ug/mediaconvert_cwe_events.html). */
export function readJobEvent(event: unknown): Result<JobEvent> {
  const read = new EventReader(event);
  read.oneOf("source", "aws.mediaconvert");
  const groups = read.records("detail.outputGroupDetails");
  // Stills are counted in whole intervals: only what has a manifest has the title's duration.
  const durations = groups
    .filter((group) => stringsOf(group.playlistFilePaths).length > 0)
    .flatMap((group) => recordsOf(group.outputDetails))
    .flatMap(({ durationInMs: ms }) => (typeof ms === "number" && ms > 0 ? [ms / 1000] : []));
  return read.finish({
    outcome: read.oneOf("detail.status", ...JOB_OUTCOMES),
    jobId: read.text("detail.jobId"),
    assetId: read.optionalText("detail.userMetadata.assetId"),
    version: read.optionalText("detail.userMetadata.version"),
    errorCode: read.optionalNumber("detail.errorCode"),
    errorMessage: read.optionalText("detail.errorMessage"),
    playlists: groups.flatMap((group) => stringsOf(group.playlistFilePaths)),
    durationSeconds: durations.length > 0 ? Math.max(...durations) : undefined,
  });
}

/** `unknown`: another job, or one of a version that is gone. `settled`: its outcome is on record. */
export type JobMatch =
  { readonly kind: "unknown" } | { readonly kind: "settled" } | { readonly kind: "open"; readonly version: Version };

/**
 * The version that waits for this job. A version whose submission broke off between CreateJob and its record has no job
 * id yet: it takes the first job that names it.
 */
export function matchJob(title: Title | undefined, { jobId, version: id }: JobEvent): JobMatch {
  const version = id === undefined ? undefined : title?.versions[id];
  if (!version || (version.job && version.job.id !== jobId)) return { kind: "unknown" };
  const open = version.status === "RECEIVED" || version.status === "TRANSCODING";
  return open ? { kind: "open", version } : { kind: "settled" };
}
