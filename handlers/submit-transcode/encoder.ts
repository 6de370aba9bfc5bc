import type { CreateJobRequest, JobTemplateSettings, ProbeResult } from "@aws-sdk/client-mediaconvert";
import type { Result } from "../shared/result";
import type { Failure } from "../shared/title";

/** What the handler asks of MediaConvert. Refusals that a retry cannot mend are values; everything else is thrown. */
export interface Encoder {
  /** Reads a file's tracks before anything is paid for. */
  probe(url: string): Promise<Result<ProbeResult | undefined, Failure>>;
  template(name: string): Promise<JobTemplateSettings>;
  /** Gives the job's id. */
  submit(job: CreateJobRequest): Promise<Result<string, Failure>>;
}
