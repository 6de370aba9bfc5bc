import { MediaConvertClient } from "@aws-sdk/client-mediaconvert";
import { S3Client } from "@aws-sdk/client-s3";
import { CLIENT_OPTIONS } from "../shared/client-options";
import { jsonLog } from "../shared/log";
import { makeCatalogue } from "../shared/make-catalogue";
import { ENVIRONMENT_VARIABLE } from "../shared/metrics";
import { matching, oneOf, readEnv, type Reader, text } from "../shared/read-env";
import type { SubmitTranscodeEnv } from "./contract";
import { makeHandler } from "./handler";
import { mediaConvertEncoder } from "./mediaconvert-encoder";
import { s3ListObjects } from "./source-bucket";

const env = readEnv("submit-transcode", process.env, {
  CATALOGUE_TABLE: text,
  TOPOLOGY: oneOf("mediapackage", "direct"),
  JOB_TEMPLATE: text,
  JOB_TEMPLATE_VERSION: text,
  QUEUE_ARN: text,
  MEDIACONVERT_ROLE_ARN: text,
  SOURCE_BUCKET: text,
  PACKAGED_BUCKET: text,
  UPLOAD_PREFIX: matching(/^.+\/$/, "a key prefix that ends with /"),
} satisfies Record<keyof SubmitTranscodeEnv, Reader<unknown>>);

/** A probe fetches parts of the file before it answers; two attempts stay within the function's minute. */
const PROBE_TIMEOUT_MS = 25_000;
const PROBE_ATTEMPTS = 2;

const encoder = new MediaConvertClient({
  maxAttempts: PROBE_ATTEMPTS,
  requestHandler: { ...CLIENT_OPTIONS.requestHandler, requestTimeout: PROBE_TIMEOUT_MS },
});

export const handler = makeHandler({
  catalogue: makeCatalogue(env.CATALOGUE_TABLE),
  encoder: mediaConvertEncoder(encoder),
  listObjects: s3ListObjects(new S3Client(CLIENT_OPTIONS)),
  now: Date.now,
  log: jsonLog("submit-transcode", Date.now, console.log, process.env[ENVIRONMENT_VARIABLE]),
  uploads: { bucket: env.SOURCE_BUCKET, prefix: env.UPLOAD_PREFIX },
  settings: {
    topology: env.TOPOLOGY,
    jobTemplate: env.JOB_TEMPLATE,
    jobTemplateVersion: env.JOB_TEMPLATE_VERSION,
    queueArn: env.QUEUE_ARN,
    roleArn: env.MEDIACONVERT_ROLE_ARN,
    packagedBucket: env.PACKAGED_BUCKET,
  },
});
