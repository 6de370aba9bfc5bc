import { MediaPackageVodClient } from "@aws-sdk/client-mediapackage-vod";
import { CLIENT_OPTIONS } from "../shared/client-options";
import { jsonLog } from "../shared/log";
import { makeCatalogue } from "../shared/make-catalogue";
import { ENVIRONMENT_VARIABLE } from "../shared/metrics";
import { mediaPackagePackager } from "../shared/mediapackage-packager";
import { oneOf, readEnv, type Reader, text } from "../shared/read-env";
import type { ConfirmPlayableEnv } from "./contract";
import { makeHandler } from "./handler";

const env = readEnv("confirm-playable", process.env, {
  CATALOGUE_TABLE: text,
  PUBLISH: oneOf("automatic", "editor"),
} satisfies Record<keyof ConfirmPlayableEnv, Reader<unknown>>);

export const handler = makeHandler({
  catalogue: makeCatalogue(env.CATALOGUE_TABLE),
  packager: mediaPackagePackager(new MediaPackageVodClient(CLIENT_OPTIONS)),
  publish: env.PUBLISH,
  now: Date.now,
  log: jsonLog("confirm-playable", Date.now, console.log, process.env[ENVIRONMENT_VARIABLE]),
});
