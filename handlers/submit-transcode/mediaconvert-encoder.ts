import {
  BadRequestException,
  CreateJobCommand,
  ForbiddenException,
  GetJobTemplateCommand,
  type Job,
  ListJobsCommand,
  type MediaConvertClient,
  NotFoundException,
  ProbeCommand,
  UnprocessableEntityException,
} from "@aws-sdk/client-mediaconvert";
import { ok, refused } from "../shared/result";
import type { Encoder, SoughtJob } from "./encoder";
import { ingestFailure } from "./source-facts";

export function mediaConvertEncoder(client: MediaConvertClient): Encoder {
  return {
    async probe(url, listed) {
      try {
        const { ProbeResults } = await client.send(new ProbeCommand({ InputFiles: [{ FileUrl: url }] }));
        return ok(ProbeResults?.[0]);
      } catch (error) {
        if (error instanceof ForbiddenException && !listed) {
          return refused(ingestFailure("GONE", "The file is no longer there: it was deleted or moved."));
        }
        if (!isAboutTheFile(error)) throw error;
        return refused(ingestFailure("UNREADABLE", `The file cannot be read as video: ${error.message}`));
      }
    },

    async template(name) {
      const { JobTemplate } = await client.send(new GetJobTemplateCommand({ Name: name }));
      if (JobTemplate?.Settings) return JobTemplate.Settings;
      throw new Error(`MediaConvert job template ${name} has no settings; deploy the stack again`);
    },

    async submitted(sought) {
      for await (const job of newestFirst(client, sought.queueArn)) {
        if (job.CreatedAt && job.CreatedAt.getTime() < Date.parse(sought.since) - CLOCKS_APART_MS) return undefined;
        if (isFor(job, sought)) return job.Id;
      }
      return undefined;
    },

    async submit(job) {
      try {
        const { Job } = await client.send(new CreateJobCommand(job));
        if (Job?.Id) return ok(Job.Id);
        throw new Error("MediaConvert CreateJob answered without a job id");
      } catch (error) {
        if (!(error instanceof BadRequestException)) throw error;
        return refused({
          stage: "transcode",
          code: "JOB_REFUSED",
          reason: `MediaConvert refused the job: ${error.message}`,
        });
      }
    },
  };
}

/** MediaConvert counts in whole seconds, and its clock is not ours. */
const CLOCKS_APART_MS = 60_000;

async function* newestFirst(client: MediaConvertClient, queueArn: string): AsyncGenerator<Job> {
  let token: string | undefined;
  do {
    const page = new ListJobsCommand({ Queue: queueArn, Order: "DESCENDING", MaxResults: 20, NextToken: token });
    const { Jobs = [], NextToken } = await client.send(page);
    yield* Jobs;
    token = NextToken;
  } while (token);
}

/** One that failed or was cancelled has said so itself, or will: its event names the version. */
function isFor({ UserMetadata: of }: Job, { assetId, version }: SoughtJob): boolean {
  return of?.assetId === assetId && of.version === version;
}

/** Throttling, quotas and missing permissions say nothing about the file, and are worth another try. */
function isAboutTheFile(error: unknown): error is Error {
  return (
    error instanceof BadRequestException ||
    error instanceof UnprocessableEntityException ||
    error instanceof NotFoundException
  );
}
