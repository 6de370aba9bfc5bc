import { S3Client, type S3ClientConfig } from "@aws-sdk/client-s3";
import { CLIENT_OPTIONS } from "../shared/client-options";
import { jsonLog } from "../shared/log";
import { makeCatalogue } from "../shared/make-catalogue";
import { ok } from "../shared/result";
import { matching, readEnv, type Reader, text, wholeNumber } from "../shared/read-env";
import type { AcceptUploadsEnv } from "./contract";
import { makeHandler } from "./handler";
import { s3UploadStore } from "./s3-upload-store";

/** Of one object: https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html */
const LARGEST_OBJECT_BYTES = 5 * 1024 ** 4;

/** S3 may put a large file together for longer than an HTTP API waits; the caller then asks again. */
const COMPLETE_TIMEOUT_MS = 25_000;

const readers = {
  CATALOGUE_TABLE: text,
  SOURCE_BUCKET: text,
  SOURCE_KEY_ARN: text,
  UPLOAD_PREFIX: matching(/^.+\/$/, "a key prefix that ends with /"),
  MAXIMUM_UPLOAD_BYTES: wholeNumber(1, LARGEST_OBJECT_BYTES),
  GROUPS_CLAIM: ok<string>,
  API_ORIGIN_SECRET: text,
} satisfies Record<keyof AcceptUploadsEnv, Reader<unknown>>;

const env = readEnv("accept-uploads", process.env, readers, ["API_ORIGIN_SECRET"]);

/** By default the SDK puts the checksum of an empty body into the address of a part. */
const S3_OPTIONS: S3ClientConfig = { requestChecksumCalculation: "WHEN_REQUIRED" };

export const handler = makeHandler({
  catalogue: makeCatalogue(env.CATALOGUE_TABLE),
  uploads: s3UploadStore({
    client: new S3Client({ ...CLIENT_OPTIONS, ...S3_OPTIONS }),
    patientClient: new S3Client({
      maxAttempts: 1,
      requestHandler: { ...CLIENT_OPTIONS.requestHandler, requestTimeout: COMPLETE_TIMEOUT_MS },
      ...S3_OPTIONS,
    }),
    bucket: env.SOURCE_BUCKET,
    keyArn: env.SOURCE_KEY_ARN,
    now: Date.now,
  }),
  now: Date.now,
  log: jsonLog("accept-uploads", Date.now, console.log),
  settings: {
    bucket: env.SOURCE_BUCKET,
    uploadPrefix: env.UPLOAD_PREFIX,
    maximumBytes: env.MAXIMUM_UPLOAD_BYTES,
    groupsClaim: env.GROUPS_CLAIM,
    originSecret: env.API_ORIGIN_SECRET,
  },
});
