import { createPrivateKey, createPublicKey, generateKeyPairSync } from "node:crypto";

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-trusted-signers.html */
export const KEY_TYPES = ["rsa", "ecdsa"] as const;
export type KeyType = (typeof KEY_TYPES)[number];

export interface KeyPair {
  readonly publicPem: string;
  readonly privatePem: string;
}

/** A new pair that CloudFront takes: RSA with 2048 bits, or ECDSA on P-256. */
export function makePair(type: KeyType): KeyPair {
  const { publicKey, privateKey } =
    type === "rsa"
      ? generateKeyPairSync("rsa", { modulusLength: 2048 })
      : generateKeyPairSync("ec", { namedCurve: "prime256v1" });
  return {
    publicPem: publicKey.export({ type: "spki", format: "pem" }).toString(),
    privatePem: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  };
}

/** Whether two halves are of one pair; also false for what is no key. */
export function belongTogether(privatePem: string, publicPem: string): boolean {
  try {
    const derived = createPublicKey(createPrivateKey(privatePem)).export({ type: "spki", format: "der" });
    return derived.equals(createPublicKey(publicPem).export({ type: "spki", format: "der" }));
  } catch {
    return false; // the parser's own message could quote the key
  }
}
