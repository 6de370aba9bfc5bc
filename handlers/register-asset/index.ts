import { MediaPackageVodClient } from "@aws-sdk/client-mediapackage-vod";
import { CLIENT_OPTIONS } from "../shared/client-options";
import { jsonLog } from "../shared/log";
import { makeCatalogue } from "../shared/make-catalogue";
import { ENVIRONMENT_VARIABLE } from "../shared/metrics";
import { mediaPackagePackager } from "../shared/mediapackage-packager";
import { matching, oneOf, readEnv, type Reader, text } from "../shared/read-env";
import type { RegisterAssetEnv, RegisterWithMediaPackageEnv } from "./contract";
import { makeHandler, type Packaging } from "./handler";

const direct = {
  CATALOGUE_TABLE: text,
  PACKAGED_BUCKET: text,
  PUBLISH: oneOf("automatic", "editor"),
  TOPOLOGY: oneOf("mediapackage", "direct"),
} satisfies Record<keyof RegisterAssetEnv, Reader<unknown>>;

const mediaPackage = {
  ...direct,
  PACKAGING_GROUP_ID: text,
  PACKAGING_ROLE_ARN: matching(/^arn:[a-z-]+:iam::\d{12}:role\/.+$/, "the ARN of an IAM role"),
} satisfies Record<keyof RegisterWithMediaPackageEnv, Reader<unknown>>;

const packaged = process.env.TOPOLOGY === "direct" ? undefined : readEnv("register-asset", process.env, mediaPackage);
const env = packaged ?? readEnv("register-asset", process.env, direct);

export const handler = makeHandler({
  catalogue: makeCatalogue(env.CATALOGUE_TABLE),
  packaging: packaged ? withMediaPackage(packaged) : { topology: "direct" },
  packagedBucket: env.PACKAGED_BUCKET,
  publish: env.PUBLISH,
  now: Date.now,
  log: jsonLog("register-asset", Date.now, console.log, process.env[ENVIRONMENT_VARIABLE]),
});

function withMediaPackage(settings: { PACKAGING_GROUP_ID: string; PACKAGING_ROLE_ARN: string }): Packaging {
  const packager = mediaPackagePackager(new MediaPackageVodClient(CLIENT_OPTIONS), {
    packagingGroupId: settings.PACKAGING_GROUP_ID,
    sourceRoleArn: settings.PACKAGING_ROLE_ARN,
  });
  return { topology: "mediapackage", packager, partition: settings.PACKAGING_ROLE_ARN.split(":")[1] ?? "aws" };
}
