import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { CLIENT_OPTIONS } from "../shared/client-options";
import { dynamoCatalogue } from "../shared/dynamo-catalogue";
import { entitlementsTable } from "../shared/entitlements-table";
import { jsonLog } from "../shared/log";
import { documentClient } from "../shared/make-catalogue";
import { list, matching, oneOf, readEnv, type Reader, text, wholeNumber } from "../shared/read-env";
import { sessionsTable } from "../shared/sessions-table";
import { secretSigningKey } from "../shared/signing-key";
import type { MintPlaybackEnv } from "./contract";
import { makeHandler } from "./handler";

/** A cookie cannot be withdrawn, so none outlives a day. */
const MAX_COOKIE_SECONDS = 86_400;

const readers = {
  CATALOGUE_TABLE: text,
  ENTITLEMENTS_TABLE: text,
  SESSIONS_TABLE: text,
  API_ORIGIN_SECRET: text,
  CDN_ORIGIN: matching(/^https:\/\/[^/]+$/, "https://<domain> without a path"),
  SIGNING_SECRET_ARN: text,
  SIGNING_KEY_ID: text,
  COOKIE_SECONDS: wholeNumber(1, MAX_COOKIE_SECONDS),
  BIND_VIEWER_IP: oneOf("none", "ipv4"),
  PLAYER_SITE: oneOf("same-site", "cross-site"),
  ALLOWED_COUNTRIES: list,
  BLOCKED_COUNTRIES: list,
  CONCURRENT_STREAMS: wholeNumber(0, 100),
  DOWNLOADS: oneOf("none", "offered"),
} satisfies Record<keyof MintPlaybackEnv, Reader<unknown>>;

const env = readEnv("mint-playback", process.env, readers, ["API_ORIGIN_SECRET"]);
const tables = documentClient();

export const handler = makeHandler({
  catalogue: dynamoCatalogue(tables, env.CATALOGUE_TABLE),
  entitlements: entitlementsTable(tables, env.ENTITLEMENTS_TABLE),
  sessions: sessionsTable(tables, env.SESSIONS_TABLE),
  signingKey: secretSigningKey(new SecretsManagerClient(CLIENT_OPTIONS), env.SIGNING_SECRET_ARN, Date.now),
  now: Date.now,
  log: jsonLog("mint-playback", Date.now, console.log),
  settings: {
    originSecret: env.API_ORIGIN_SECRET,
    cdnOrigin: env.CDN_ORIGIN,
    signingKeyId: env.SIGNING_KEY_ID,
    cookieSeconds: env.COOKIE_SECONDS,
    bindViewerIp: env.BIND_VIEWER_IP,
    playerSite: env.PLAYER_SITE,
    countries: { allowed: env.ALLOWED_COUNTRIES, blocked: env.BLOCKED_COUNTRIES },
    concurrentStreams: env.CONCURRENT_STREAMS,
    downloads: env.DOWNLOADS,
  },
});
