import { jsonLog } from "../shared/log";
import { makeCatalogue } from "../shared/make-catalogue";
import { ENVIRONMENT_VARIABLE } from "../shared/metrics";
import { list, matching, readEnv, type Reader, text } from "../shared/read-env";
import type { GetTitleEnv } from "./contract";
import { makeHandler } from "./handler";

const readers = {
  CATALOGUE_TABLE: text,
  API_ORIGIN_SECRET: text,
  ALLOWED_COUNTRIES: list,
  BLOCKED_COUNTRIES: list,
  GROUPS_CLAIM: matching(/^.*$/, "the name of a claim, or empty"),
} satisfies Record<keyof GetTitleEnv, Reader<unknown>>;

const env = readEnv("get-title", process.env, readers, ["API_ORIGIN_SECRET"]);

export const handler = makeHandler({
  catalogue: makeCatalogue(env.CATALOGUE_TABLE),
  originSecret: env.API_ORIGIN_SECRET,
  countries: { allowed: env.ALLOWED_COUNTRIES, blocked: env.BLOCKED_COUNTRIES },
  groupsClaim: env.GROUPS_CLAIM,
  now: Date.now,
  log: jsonLog("get-title", Date.now, console.log, process.env[ENVIRONMENT_VARIABLE]),
});
