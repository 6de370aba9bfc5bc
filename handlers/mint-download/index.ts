import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { CLIENT_OPTIONS } from "../shared/client-options";
import { dynamoCatalogue } from "../shared/dynamo-catalogue";
import { entitlementsTable } from "../shared/entitlements-table";
import { jsonLog } from "../shared/log";
import { documentClient } from "../shared/make-catalogue";
import { list, matching, oneOf, readEnv, type Reader, text, wholeNumber } from "../shared/read-env";
import { secretSigningKey } from "../shared/signing-key";
import type { MintDownloadEnv } from "./contract";
import { downloadRightsTable } from "./download-rights-table";
import { makeHandler } from "./handler";

/** An address cannot be withdrawn, so none outlives an hour. */
const MAX_ADDRESS_SECONDS = 3_600;

const readers = {
  CATALOGUE_TABLE: text,
  ENTITLEMENTS_TABLE: text,
  API_ORIGIN_SECRET: text,
  CDN_ORIGIN: matching(/^https:\/\/[^/]+$/, "https://<domain> without a path"),
  SIGNING_SECRET_ARN: text,
  SIGNING_KEY_ID: text,
  ADDRESS_SECONDS: wholeNumber(1, MAX_ADDRESS_SECONDS),
  BIND_VIEWER_IP: oneOf("none", "ipv4"),
  ALLOWED_COUNTRIES: list,
  BLOCKED_COUNTRIES: list,
} satisfies Record<keyof MintDownloadEnv, Reader<unknown>>;

const env = readEnv("mint-download", process.env, readers, ["API_ORIGIN_SECRET"]);
const tables = documentClient();

export const handler = makeHandler({
  catalogue: dynamoCatalogue(tables, env.CATALOGUE_TABLE),
  entitlements: entitlementsTable(tables, env.ENTITLEMENTS_TABLE),
  downloadRights: downloadRightsTable(tables, env.ENTITLEMENTS_TABLE),
  signingKey: secretSigningKey(new SecretsManagerClient(CLIENT_OPTIONS), env.SIGNING_SECRET_ARN, Date.now),
  now: Date.now,
  log: jsonLog("mint-download", Date.now, console.log),
  settings: {
    originSecret: env.API_ORIGIN_SECRET,
    cdnOrigin: env.CDN_ORIGIN,
    signingKeyId: env.SIGNING_KEY_ID,
    addressSeconds: env.ADDRESS_SECONDS,
    bindViewerIp: env.BIND_VIEWER_IP,
    countries: { allowed: env.ALLOWED_COUNTRIES, blocked: env.BLOCKED_COUNTRIES },
  },
});
