import { createPublicKey, type KeyObject } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { SigningKey } from "./environment";
import type { Problem } from "./problem";

export interface LoadedKeys {
  readonly keys: readonly SigningKey[];
  readonly problems: readonly Problem[];
}

/**
 * The public keys of a folder, in order of name: every `*.pem` in it is trusted by the key group.
 * CloudFront takes RSA-2048 and ECDSA P-256 keys
 * (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-trusted-signers.html).
 */
export function loadKeys(directory: string): LoadedKeys {
  const names = existsSync(directory) ? readdirSync(directory).filter((file) => file.endsWith(".pem")) : [];
  const keys = names.sort().map((file) => ({
    name: file.slice(0, -".pem".length),
    pem: readFileSync(join(directory, file), "utf8"),
  }));
  return { keys, problems: keys.flatMap((key) => [...keyProblems(key)]) };
}

function* keyProblems({ name, pem }: SigningKey): Iterable<Problem> {
  const path = `keys/${name}.pem`;
  if (pem.includes("PRIVATE KEY")) {
    yield {
      path,
      rule: "must be a public key; take the private key out of the repository and retire it",
      got: "a private key",
    };
    return;
  }
  const key = parse(pem);
  if (!key) {
    yield { path, rule: "must be a PEM public key", got: pem.slice(0, 30) };
    return;
  }
  const kind = describe(key);
  if (kind !== "rsa 2048" && kind !== "ec prime256v1") {
    yield { path, rule: "must be RSA 2048 or ECDSA P-256 (prime256v1)", got: kind };
  }
}

function parse(pem: string): KeyObject | undefined {
  try {
    return createPublicKey(pem);
  } catch {
    return undefined; // the caller reports what stood there instead
  }
}

function describe(key: KeyObject): string {
  const details = key.asymmetricKeyDetails;
  return `${key.asymmetricKeyType} ${details?.modulusLength ?? details?.namedCurve}`;
}
