import {
  BadRequestException,
  CreateJobCommand,
  GetJobTemplateCommand,
  type MediaConvertClient,
  NotFoundException,
  ProbeCommand,
  UnprocessableEntityException,
} from "@aws-sdk/client-mediaconvert";
import { ok, refused } from "../shared/result";
import type { Encoder } from "./encoder";
import { ingestFailure } from "./source-facts";

export function mediaConvertEncoder(client: MediaConvertClient): Encoder {
  return {
    async probe(url) {
      try {
        const { ProbeResults } = await client.send(new ProbeCommand({ InputFiles: [{ FileUrl: url }] }));
        return ok(ProbeResults?.[0]);
      } catch (error) {
        if (!isAboutTheFile(error)) throw error;
        return refused(ingestFailure("UNREADABLE", `The file cannot be read as video: ${error.message}`));
      }
    },

    async template(name) {
      const { JobTemplate } = await client.send(new GetJobTemplateCommand({ Name: name }));
      if (JobTemplate?.Settings) return JobTemplate.Settings;
      throw new Error(`MediaConvert job template ${name} has no settings; deploy the stack again`);
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

/** Throttling, quotas and missing permissions say nothing about the file, and are worth another try. */
function isAboutTheFile(error: unknown): error is Error {
  return (
    error instanceof BadRequestException ||
    error instanceof UnprocessableEntityException ||
    error instanceof NotFoundException
  );
}
