import type { KeyObject } from "node:crypto";

/**
 * A parsed key for `@aws-sdk/cloudfront-signer`. Its type asks for PEM, which it would parse at every call: two thirds
 * of the time with RSA, nine tenths with ECDSA. All it does with the key is `createSign().sign({ key })`, which takes a
 * parsed one; that this stays so is held by the tests of `cookies.ts`.
 */
export function signerKey(key: KeyObject): string {
  return key as unknown as string;
}
