import { jsonLog } from "../shared/log";
import { documentClient } from "../shared/make-catalogue";
import { ENVIRONMENT_VARIABLE } from "../shared/metrics";
import { readEnv, type Reader, text, wholeNumber } from "../shared/read-env";
import { sessionsTable } from "../shared/sessions-table";
import type { EndSessionEnv } from "./contract";
import { makeHandler } from "./handler";

const readers = {
  SESSIONS_TABLE: text,
  API_ORIGIN_SECRET: text,
  COOKIE_SECONDS: wholeNumber(1, 86_400),
} satisfies Record<keyof EndSessionEnv, Reader<unknown>>;

const env = readEnv("end-session", process.env, readers, ["API_ORIGIN_SECRET"]);

export const handler = makeHandler({
  sessions: sessionsTable(documentClient(), env.SESSIONS_TABLE),
  originSecret: env.API_ORIGIN_SECRET,
  cookieSeconds: env.COOKIE_SECONDS,
  now: Date.now,
  log: jsonLog("end-session", Date.now, console.log, process.env[ENVIRONMENT_VARIABLE]),
});
