import { jsonLog } from "../shared/log";
import { makeCatalogue } from "../shared/make-catalogue";
import { ENVIRONMENT_VARIABLE } from "../shared/metrics";
import { list, readEnv, type Reader, text } from "../shared/read-env";
import type { ListTitlesEnv } from "./contract";
import { makeHandler } from "./handler";

const readers = {
  CATALOGUE_TABLE: text,
  API_ORIGIN_SECRET: text,
  ALLOWED_COUNTRIES: list,
  BLOCKED_COUNTRIES: list,
} satisfies Record<keyof ListTitlesEnv, Reader<unknown>>;

const env = readEnv("list-titles", process.env, readers, ["API_ORIGIN_SECRET"]);

export const handler = makeHandler({
  catalogue: makeCatalogue(env.CATALOGUE_TABLE),
  originSecret: env.API_ORIGIN_SECRET,
  countries: { allowed: env.ALLOWED_COUNTRIES, blocked: env.BLOCKED_COUNTRIES },
  now: Date.now,
  log: jsonLog("list-titles", Date.now, console.log, process.env[ENVIRONMENT_VARIABLE]),
});
