import { createPrivateKey, type KeyObject } from "node:crypto";
import { GetSecretValueCommand, type SecretsManagerClient } from "@aws-sdk/client-secrets-manager";

/** Gives the active private key, parsed and checked. */
export type SigningKey = () => Promise<KeyObject>;

/** A key that was replaced in its secret is picked up within this time, milliseconds. */
const KEEP_MS = 10 * 60 * 1000;

/** Fetches the key once and keeps it for a while; a fetch that fails is not kept, so the next request tries again. */
export function secretSigningKey(client: SecretsManagerClient, secretArn: string, now: () => number): SigningKey {
  let kept: { readonly key: Promise<KeyObject>; readonly until: number } | undefined;
  return async () => {
    if (kept && now() < kept.until) return kept.key;
    const fetched = { key: fetchKey(client, secretArn), until: now() + KEEP_MS };
    kept = fetched;
    try {
      return await fetched.key;
    } catch (error) {
      if (kept === fetched) kept = undefined;
      throw error;
    }
  };
}

async function fetchKey(client: SecretsManagerClient, secretArn: string): Promise<KeyObject> {
  const { SecretString: pem = "" } = await client.send(new GetSecretValueCommand({ SecretId: secretArn }));
  const key = parsed(pem);
  const kind = key ? kindOf(key) : "something else";
  if (key && (kind === "RSA 2048" || kind === "ECDSA P-256")) return key;
  throw new Error(
    `Secret ${secretArn} must hold a private key in PEM, RSA 2048 or ECDSA P-256 as CloudFront takes them, got ${kind}`,
  );
}

function parsed(pem: string): KeyObject | undefined {
  try {
    return createPrivateKey(pem);
  } catch {
    return undefined; // OpenSSL's message could quote the secret
  }
}

function kindOf({ asymmetricKeyType: type, asymmetricKeyDetails: details }: KeyObject): string {
  if (type === "rsa") return `RSA ${details?.modulusLength}`;
  if (type === "ec") return details?.namedCurve === "prime256v1" ? "ECDSA P-256" : `ECDSA ${details?.namedCurve}`;
  return type ?? "another key";
}
