import type { CreateJobRequest, JobTemplateSettings, ProbeResult } from "@aws-sdk/client-mediaconvert";
import type { Result } from "../shared/result";
import type { Failure } from "../shared/title";

/** What the handler asks of MediaConvert. Refusals that a retry cannot mend are values; everything else is thrown. */
export interface Encoder {
  /**
   * Reads a file's tracks before anything is paid for. `listed` is whether its bucket's listing shows it: S3 refuses a
   * missing file like a forbidden one to whoever may not list everything.
   */
  probe(url: string, listed: boolean): Promise<Result<ProbeResult | undefined, Failure>>;
  template(name: string): Promise<JobTemplateSettings>;
  /** The id of a job of the queue that was submitted for a version at or after `since` (ISO 8601), if there is one. */
  submitted(sought: SoughtJob): Promise<string | undefined>;
  /** Gives the job's id. */
  submit(job: CreateJobRequest): Promise<Result<string, Failure>>;
}

export interface SoughtJob {
  readonly queueArn: string;
  readonly assetId: string;
  readonly version: string;
  /** ISO 8601. */
  readonly since: string;
}
