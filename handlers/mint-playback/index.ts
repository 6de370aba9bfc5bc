import { jsonLog } from "../shared/log";
import { ENVIRONMENT_VARIABLE } from "../shared/metrics";
import { MINT_READERS, mintDeps } from "../shared/mint";
import { oneOf, readEnv, type Reader, text, wholeNumber } from "../shared/read-env";
import { sessionsTable } from "../shared/sessions-table";
import type { MintPlaybackEnv } from "./contract";
import { makeHandler } from "./handler";

/** A cookie cannot be withdrawn, so none outlives a day. */
const MAX_COOKIE_SECONDS = 86_400;

const readers = {
  ...MINT_READERS,
  SESSIONS_TABLE: text,
  COOKIE_SECONDS: wholeNumber(1, MAX_COOKIE_SECONDS),
  PLAYER_SITE: oneOf("same-site", "cross-site"),
  CONCURRENT_STREAMS: wholeNumber(0, 100),
  DOWNLOADS: oneOf("none", "offered"),
} satisfies Record<keyof MintPlaybackEnv, Reader<unknown>>;

const env = readEnv("mint-playback", process.env, readers, ["API_ORIGIN_SECRET"]);
const { tables, deps } = mintDeps(
  env,
  jsonLog("mint-playback", Date.now, console.log, process.env[ENVIRONMENT_VARIABLE]),
);

export const handler = makeHandler({
  ...deps,
  sessions: sessionsTable(tables, env.SESSIONS_TABLE),
  settings: {
    ...deps.settings,
    cookieSeconds: env.COOKIE_SECONDS,
    playerSite: env.PLAYER_SITE,
    concurrentStreams: env.CONCURRENT_STREAMS,
    downloads: env.DOWNLOADS,
  },
});
