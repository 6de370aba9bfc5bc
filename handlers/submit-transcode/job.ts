import { createHash } from "node:crypto";
import type { CreateJobRequest, JobSettings } from "@aws-sdk/client-mediaconvert";

export interface JobInput {
  readonly assetId: string;
  readonly version: string;
  readonly settings: JobSettings;
  readonly queueArn: string;
  readonly roleArn: string;
}

/** The call that submits a version. Events about the job carry `UserMetadata` back. */
export function jobRequest({ assetId, version, settings, queueArn, roleArn }: JobInput): CreateJobRequest {
  return {
    Settings: settings,
    Queue: queueArn,
    Role: roleArn,
    ClientRequestToken: requestToken(assetId, version),
    UserMetadata: { assetId, version },
    Tags: { assetId, version },
    StatusUpdateInterval: "SECONDS_10",
  };
}

/**
 * MediaConvert answers a token that it saw within the last minute with the job it made then. 64 characters at most
 * (https://docs.aws.amazon.com/mediaconvert/latest/apireference/jobs.html), which is a SHA-256 in hexadecimal.
 */
export function requestToken(assetId: string, version: string): string {
  return createHash("sha256").update(`${assetId}/${version}`).digest("hex");
}
