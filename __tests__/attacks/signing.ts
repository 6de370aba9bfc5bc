import { createSign, generateKeyPairSync } from "node:crypto";
import type { Target } from "./target";

/** What a signed policy says; whatever is left out is as the mint would have it. */
export interface Terms {
  /** `https://<cdn>/v1/<prefix>/*` by default. */
  readonly resource?: string;
  /** Seconds from now. */
  readonly until?: number;
  /** Seconds from now. */
  readonly from?: number;
  readonly ip?: string;
  readonly statements?: number;
}

/** Key and identifier to sign with. */
export interface Signer {
  readonly keyId: string;
  readonly privateKey: string;
}

const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
export const ATTACKERS_KEY = privateKey.export({ type: "pkcs8", format: "pem" }).toString();

/** The three parameters of a signed cookie or URL, and the hash that they were made with. */
export type Signed = Record<"Policy" | "Signature" | "Key-Pair-Id" | "Hash-Algorithm", string>;

export function policyOf({ host, paths }: Target, terms: Terms = {}): string {
  const { resource = `https://${host}${paths.prefix}/*`, until = 300, from, ip, statements = 1 } = terms;
  const now = Math.floor(Date.now() / 1000);
  const Condition = {
    DateLessThan: { "AWS:EpochTime": now + until },
    ...(from === undefined ? {} : { DateGreaterThan: { "AWS:EpochTime": now + from } }),
    ...(ip === undefined ? {} : { IpAddress: { "AWS:SourceIp": ip } }),
  };
  return JSON.stringify({ Statement: Array(statements).fill({ Resource: resource, Condition }) });
}

/** Signs any text, by the platform's own key unless another is given. */
export function signed(target: Target, policy: string, signer: Partial<Signer> = {}): Signed {
  const { keyId, privateKey: key } = { keyId: target.keyId, privateKey: target.secrets.signingKey, ...signer };
  return {
    Policy: urlSafe(Buffer.from(policy)),
    Signature: urlSafe(createSign("sha256").update(policy).sign(key)),
    "Key-Pair-Id": keyId,
    "Hash-Algorithm": "SHA256",
  };
}

export function cookieOf(values: Partial<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => `CloudFront-${name}=${value}`)
    .join("; ");
}

export const queryOf = (values: Partial<Record<string, string>>): string =>
  Object.entries(values)
    .map(([name, value]) => `${name}=${value}`)
    .join("&");

/** The mint's own cookie, taken apart. */
export const partsOf = (cookie: string): Record<string, string> =>
  Object.fromEntries(
    cookie.split("; ").map((pair) => {
      const [name = "", value = ""] = pair.split(/=(.*)/s);
      return [name.replace("CloudFront-", ""), value];
    }),
  );

/** CloudFront's own alphabet: `+ = /` become `- _ ~`. */
export const urlSafe = (bytes: Buffer): string =>
  bytes.toString("base64").replaceAll("+", "-").replaceAll("=", "_").replaceAll("/", "~");
