import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { CountryLists } from "./availability";
import type { Catalogue } from "./catalogue";
import { CLIENT_OPTIONS } from "./client-options";
import { dynamoCatalogue } from "./dynamo-catalogue";
import { entitlementsTable, type ReadEntitlements } from "./entitlements-table";
import type { Log } from "./log";
import { documentClient } from "./make-catalogue";
import type { MintEnv } from "./mint-env";
import { list, matching, oneOf, type Reader, text, type Values } from "./read-env";
import { secretSigningKey, type SigningKey } from "./signing-key";

/** What every mint works with: it looks a viewer and a title up, and signs. */
export interface MintDeps {
  readonly catalogue: Pick<Catalogue, "read">;
  readonly entitlements: ReadEntitlements;
  readonly signingKey: SigningKey;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly log: Log;
  readonly settings: MintSettings;
}

export interface MintSettings {
  readonly originSecret: string;
  /** `https://<cdn>`. */
  readonly cdnOrigin: string;
  readonly signingKeyId: string;
  readonly bindViewerIp: "none" | "ipv4";
  readonly countries: CountryLists;
}

export const MINT_READERS = {
  CATALOGUE_TABLE: text,
  ENTITLEMENTS_TABLE: text,
  API_ORIGIN_SECRET: text,
  CDN_ORIGIN: matching(/^https:\/\/[^/]+$/, "https://<domain> without a path"),
  SIGNING_SECRET_ARN: text,
  SIGNING_KEY_ID: text,
  BIND_VIEWER_IP: oneOf("none", "ipv4"),
  ALLOWED_COUNTRIES: list,
  BLOCKED_COUNTRIES: list,
} satisfies Record<keyof MintEnv, Reader<unknown>>;

/** The clients of a mint; `tables` is for what one reads besides. */
export function mintDeps(env: Values<typeof MINT_READERS>, log: Log) {
  const tables = documentClient();
  const settings: MintSettings = {
    originSecret: env.API_ORIGIN_SECRET,
    cdnOrigin: env.CDN_ORIGIN,
    signingKeyId: env.SIGNING_KEY_ID,
    bindViewerIp: env.BIND_VIEWER_IP,
    countries: { allowed: env.ALLOWED_COUNTRIES, blocked: env.BLOCKED_COUNTRIES },
  };
  const deps: MintDeps = {
    catalogue: dynamoCatalogue(tables, env.CATALOGUE_TABLE),
    entitlements: entitlementsTable(tables, env.ENTITLEMENTS_TABLE),
    signingKey: secretSigningKey(new SecretsManagerClient(CLIENT_OPTIONS), env.SIGNING_SECRET_ARN, Date.now),
    now: Date.now,
    log,
    settings,
  };
  return { tables, deps };
}
