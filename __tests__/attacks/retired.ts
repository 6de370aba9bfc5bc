import { createPublicKey, randomBytes, randomUUID } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PutSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { ReadyReport } from "../../local/report";
import { openSecrets } from "../../local/secrets";
import { activeKey, addKey, dropKey, signWith } from "../../local/signing-keys";
import { makePair } from "../../script/keys/make-pair";
import { ask } from "../local/edge/fixture";

/** What opened the platform before its keys and secrets were rotated. */
export interface Retired {
  /** The signing key's identifier at CloudFront, and both its halves. */
  readonly keyId: string;
  readonly privateKey: string;
  readonly publicKey: string;
  readonly apiOriginSecret: string;
  /** Two changes ago. */
  readonly cdnIdentifier: string;
  /** One change ago: MediaPackage takes it beside the present one. */
  readonly lastCdnIdentifier: string;
}

const FIRST = "local";
const SECOND = "second";
const IDENTIFIER_SECRET = "MediaPackage/vod-local/cdn-identifier";

/** Stops the platform, calls a function, and starts it again on the same state. */
export type Restart = (whileStopped: () => void) => Promise<void>;

/**
 * Rotates everything that a running platform trusts, to the end: another key signs and the first is in no group any
 * more, the API has another secret, and the CDN identifier was changed twice.
 */
export async function rotateAll(report: ReadyReport, state: string, restart: Restart): Promise<void> {
  const { signingKey, cdnIdentifier, apiOriginSecret } = openSecrets(state);
  const retired: Retired = {
    keyId: await keyIdOf(report),
    privateKey: signingKey,
    publicKey: createPublicKey(signingKey).export({ type: "spki", format: "pem" }).toString(),
    apiOriginSecret,
    cdnIdentifier,
    lastCdnIdentifier: randomUUID(),
  };
  await changeIdentifier(report, retired.lastCdnIdentifier);
  await restart(() => {
    addKey(state, SECOND, makePair("rsa"));
    signWith(state, SECOND);
    dropKey(state, FIRST);
    const renewed = { cdnIdentifier: randomUUID(), apiOriginSecret: randomBytes(24).toString("base64url") };
    writeFileSync(join(state, "secrets.json"), JSON.stringify({ ...openSecrets(state), ...renewed }), { mode: 0o600 });
    writeFileSync(retiredFile(state), JSON.stringify(retired), { mode: 0o600 });
  });
}

/** What a rotation left behind in a state directory. */
export const retiredIn = (state: string): Retired => JSON.parse(readFileSync(retiredFile(state), "utf8")) as Retired;

/** The private half of the key that signs now. */
export const signingKeyIn = (state: string): string =>
  readFileSync(join(state, "signing", `${activeKey(state)}.private.pem`), "utf8");

const retiredFile = (state: string): string => join(state, "retired.json");

async function keyIdOf({ viewer, tokens }: ReadyReport): Promise<string> {
  const { port, pathname } = new URL(viewer.play);
  const headers = { authorization: `Bearer ${tokens.entitled}` };
  const { headers: answered } = await ask(Number(port), pathname, { method: "POST", headers });
  return /CloudFront-Key-Pair-Id=([^;]+)/.exec((answered["set-cookie"] ?? []).join(" "))?.[1] ?? "";
}

async function changeIdentifier({ aws }: ReadyReport, identifier: string): Promise<void> {
  const { endpoint, region, accessKeyId, secretAccessKey } = aws;
  const client = new SecretsManagerClient({ endpoint, region, credentials: { accessKeyId, secretAccessKey } });
  const SecretString = JSON.stringify({ MediaPackageCDNIdentifier: identifier });
  await client.send(new PutSecretValueCommand({ SecretId: IDENTIFIER_SECRET, SecretString }));
  client.destroy();
}
