import { AwsError } from "../kernel/aws-service";

/** Turns a full disk into an answer that clients understand and wait for; other errors stay as they are. */
export function diskError(error: unknown, directory: string): unknown {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  if (code !== "ENOSPC" && code !== "EDQUOT") return error;
  return new AwsError("SlowDown", `no space left in ${directory}: free some and try again`, 503);
}
