import { createPrivateKey } from "node:crypto";
import { GetSecretValueCommand, type SecretsManagerClient } from "@aws-sdk/client-secrets-manager";

/** Gives the active private key as PEM, checked. */
export type SigningKey = () => Promise<string>;

/** A key that was replaced in its secret is picked up within this time, milliseconds. */
const KEEP_MS = 10 * 60 * 1000;

/** Fetches the key once and keeps it for a while; a fetch that fails is not kept, so the next request tries again. */
export function secretSigningKey(client: SecretsManagerClient, secretArn: string, now: () => number): SigningKey {
  let kept: { readonly pem: Promise<string>; readonly until: number } | undefined;
  return async () => {
    if (kept && now() < kept.until) return kept.pem;
    const fetched = { pem: fetchKey(client, secretArn), until: now() + KEEP_MS };
    kept = fetched;
    try {
      return await fetched.pem;
    } catch (error) {
      if (kept === fetched) kept = undefined;
      throw error;
    }
  };
}

async function fetchKey(client: SecretsManagerClient, secretArn: string): Promise<string> {
  const { SecretString: pem = "" } = await client.send(new GetSecretValueCommand({ SecretId: secretArn }));
  const kind = keyKind(pem);
  if (kind === "RSA 2048" || kind === "ECDSA P-256") return pem;
  throw new Error(
    `Secret ${secretArn} must hold a private key in PEM, RSA 2048 or ECDSA P-256 as CloudFront takes them, got ${kind}`,
  );
}

/** Parsed here, so that a wrong secret is named as such; the signer takes the text. */
function keyKind(pem: string): string {
  try {
    const { asymmetricKeyType: type, asymmetricKeyDetails: details } = createPrivateKey(pem);
    if (type === "rsa") return `RSA ${details?.modulusLength}`;
    if (type === "ec") return details?.namedCurve === "prime256v1" ? "ECDSA P-256" : `ECDSA ${details?.namedCurve}`;
    return type ?? "another key";
  } catch {
    return "something else"; // OpenSSL's message could quote the secret
  }
}
