import { jsonLog } from "../shared/log";
import { makeCatalogue } from "../shared/make-catalogue";
import { ENVIRONMENT_VARIABLE } from "../shared/metrics";
import { matching, readEnv, type Reader, text } from "../shared/read-env";
import type { EditTitleEnv } from "./contract";
import { makeHandler } from "./handler";

const readers = {
  CATALOGUE_TABLE: text,
  API_ORIGIN_SECRET: text,
  GROUPS_CLAIM: matching(/^.*$/, "the name of a claim, or empty"),
} satisfies Record<keyof EditTitleEnv, Reader<unknown>>;

const env = readEnv("edit-title", process.env, readers, ["API_ORIGIN_SECRET"]);

export const handler = makeHandler({
  catalogue: makeCatalogue(env.CATALOGUE_TABLE),
  originSecret: env.API_ORIGIN_SECRET,
  groupsClaim: env.GROUPS_CLAIM,
  now: Date.now,
  log: jsonLog("edit-title", Date.now, console.log, process.env[ENVIRONMENT_VARIABLE]),
});
