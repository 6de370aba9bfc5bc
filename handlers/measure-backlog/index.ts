import { MediaConvertClient } from "@aws-sdk/client-mediaconvert";
import { CLIENT_OPTIONS } from "../shared/client-options";
import { jsonLog } from "../shared/log";
import { makeCatalogue } from "../shared/make-catalogue";
import { ENVIRONMENT_VARIABLE } from "../shared/metrics";
import { readEnv, type Reader, text, wholeNumber } from "../shared/read-env";
import type { MeasureBacklogEnv } from "./contract";
import { makeHandler } from "./handler";
import { mediaConvertQueueDepth } from "./queue-depth";

const A_WEEK_MINUTES = 7 * 24 * 60;

const env = readEnv("measure-backlog", process.env, {
  CATALOGUE_TABLE: text,
  QUEUE_NAME: text,
  STUCK_AFTER_MINUTES: wholeNumber(1, A_WEEK_MINUTES),
} satisfies Record<keyof MeasureBacklogEnv, Reader<unknown>>);

export const handler = makeHandler({
  catalogue: makeCatalogue(env.CATALOGUE_TABLE),
  queueDepth: mediaConvertQueueDepth(new MediaConvertClient(CLIENT_OPTIONS), env.QUEUE_NAME),
  stuckAfterMinutes: env.STUCK_AFTER_MINUTES,
  now: Date.now,
  log: jsonLog("measure-backlog", Date.now, console.log, process.env[ENVIRONMENT_VARIABLE]),
});
