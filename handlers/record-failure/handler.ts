import type { Catalogue } from "../shared/catalogue";
import { type JobEvent, matchJob, readJobEvent } from "../shared/job-event";
import type { Log } from "../shared/log";
import type { LogCode } from "../shared/log-codes";
import type { Failure, Version } from "../shared/title";
import { withFailure } from "../shared/title-changes";

export interface Deps {
  readonly catalogue: Catalogue;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly log: Log;
}

/** MediaConvert `ERROR` or `CANCELED` -> the version is FAILED, with the reason for people to read. */
export const makeHandler =
  (deps: Deps) =>
  async (event: unknown): Promise<void> => {
    const read = readJobEvent(event);
    if (!read.ok) return deps.log("EVENT_REJECTED", { reason: read.problem });
    const job = read.value;
    const { assetId, version, jobId, outcome } = job;
    const ignore = (code: LogCode) => deps.log(code, { jobId, assetId, version });
    if (outcome === "COMPLETE" || assetId === undefined || version === undefined) return ignore("JOB_NOT_OURS");
    const failure = failureOf(job);
    const match = await deps.catalogue.change(assetId, (title) => {
      const found = matchJob(title, job);
      if (!title || found.kind !== "open") return { result: found.kind };
      const failed: Version = { ...found.version, job: { id: jobId, status: outcome } };
      return { write: withFailure(title, failed, failure, new Date(deps.now()).toISOString()), result: found.kind };
    });
    if (match === "unknown") return ignore("JOB_NOT_OURS");
    if (match === "settled") return ignore("JOB_DUPLICATE");
    deps.log("JOB_FAILED", { assetId, version, jobId, failure: failure.code, reason: failure.reason });
  };

/** Codes are listed at https://docs.aws.amazon.com/mediaconvert/latest/ug/mediaconvert_error_codes.html. */
function failureOf({ outcome, errorCode, errorMessage }: JobEvent): Failure {
  if (outcome === "CANCELED") return { stage: "transcode", code: "CANCELED", reason: "The job was cancelled." };
  const code = errorCode === undefined ? "ERROR" : `MEDIACONVERT_${errorCode}`;
  return { stage: "transcode", code, reason: errorMessage ?? "MediaConvert gave no reason." };
}
