import { jsonLog } from "../shared/log";
import { makeCatalogue } from "../shared/make-catalogue";
import { ENVIRONMENT_VARIABLE } from "../shared/metrics";
import { readEnv, type Reader, text } from "../shared/read-env";
import type { RecordFailureEnv } from "./contract";
import { makeHandler } from "./handler";

const env = readEnv("record-failure", process.env, {
  CATALOGUE_TABLE: text,
} satisfies Record<keyof RecordFailureEnv, Reader<unknown>>);

export const handler = makeHandler({
  catalogue: makeCatalogue(env.CATALOGUE_TABLE),
  now: Date.now,
  log: jsonLog("record-failure", Date.now, console.log, process.env[ENVIRONMENT_VARIABLE]),
});
