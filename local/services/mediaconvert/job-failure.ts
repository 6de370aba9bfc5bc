import { AwsError } from "../../kernel/aws-service";
import { FfmpegError } from "../../media/ffmpeg";
import { MediaError } from "../../media/media-error";

/**
 * Why a job ended in ERROR, with MediaConvert's number for it:
 * https://docs.aws.amazon.com/mediaconvert/latest/ug/mediaconvert_error_codes.html
 */
export class JobFailure extends Error {
  constructor(
    readonly code: number,
    message: string,
  ) {
    super(message);
    this.name = "JobFailure";
  }
}

/** Unreadable or damaged input. */
const INPUT = 1040;
const ACCESS = 1401;
const NOT_FOUND = 1404;
/** The service's own fault. */
const INTERNAL = 1999;

/** The failure that an error means; the message is for the person who submitted the job. */
export function failureOf(error: unknown): JobFailure {
  if (error instanceof JobFailure) return error;
  if (error instanceof FfmpegError || error instanceof MediaError) return new JobFailure(INPUT, error.message);
  if (error instanceof AwsError) return new JobFailure(s3Code(error.code), error.message);
  return new JobFailure(INTERNAL, error instanceof Error ? error.message : String(error));
}

function s3Code(code: string): number {
  if (code === "NoSuchKey" || code === "NoSuchBucket" || code === "NotFound") return NOT_FOUND;
  return code.startsWith("AccessDenied") ? ACCESS : INTERNAL;
}
