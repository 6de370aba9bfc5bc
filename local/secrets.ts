import { generateKeyPairSync, randomBytes, randomUUID } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Everything secret that this machine's platform made for itself at its first start. */
export interface LocalSecrets {
  /** PEM of the key that signs; its public half is in {@link keysDirectory}. */
  readonly signingKey: string;
  /** What CloudFront shows MediaPackage. */
  readonly cdnIdentifier: string;
  /** What CloudFront shows the API. */
  readonly apiOriginSecret: string;
  /** Password of the sample viewers and the sample editor. */
  readonly viewerPassword: string;
}

/** Where synth finds the public key of `local`. */
export const keysDirectory = (state: string): string => join(state, "keys");

/** The secrets of a state directory, made where there are none; only their owner can read them. */
export function openSecrets(state: string): LocalSecrets {
  const file = join(state, "secrets.json");
  if (existsSync(file)) return read(file);
  mkdirSync(keysDirectory(state), { recursive: true });
  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  writeFileSync(join(keysDirectory(state), "local.pem"), publicKey.export({ type: "spki", format: "pem" }));
  const secrets: LocalSecrets = {
    signingKey: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    cdnIdentifier: randomUUID(),
    apiOriginSecret: randomBytes(24).toString("base64url"),
    viewerPassword: `Watch-${randomBytes(6).toString("hex")}-1`,
  };
  writeFileSync(file, JSON.stringify(secrets, null, 2), { mode: 0o600 });
  return secrets;
}

function read(file: string): LocalSecrets {
  chmodSync(file, 0o600);
  try {
    return JSON.parse(readFileSync(file, "utf8")) as LocalSecrets;
  } catch {
    throw new Error(`${file}: must be JSON; if it is damaged, delete the state directory to begin anew`);
  }
}
