import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { keysDirectory, type LocalSecrets } from "./secrets";

/** The key that a state directory begins with. */
const FIRST = "local";
/** Secrets of private halves, as the stack names them. */
const SECRET = /^vod\/local\/signing\/([a-z0-9-]+)$/;

/** The private half that belongs into a secret; undefined where the secret is for something else, or there is none. */
export function privateKeyFor(secretName: string, state: string, secrets: LocalSecrets): string | undefined {
  const [, name] = SECRET.exec(secretName) ?? [];
  if (name === undefined) return undefined;
  const file = privateFile(state, name);
  return existsSync(file) ? readFileSync(file, "utf8") : name === FIRST ? secrets.signingKey : undefined;
}

/** Name of the key that an operator chose to sign with; undefined: the environment's own choice. */
export function activeKey(state: string): string | undefined {
  const file = activeFile(state);
  return existsSync(file) ? readFileSync(file, "utf8").trim() : undefined;
}

/** Adds a pair to a state directory; its owner alone can read the private half. It counts from the next start on. */
export function addKey(state: string, name: string, pair: { publicPem: string; privatePem: string }): void {
  mkdirSync(join(state, "signing"), { recursive: true, mode: 0o700 });
  mkdirSync(keysDirectory(state), { recursive: true });
  writeFileSync(privateFile(state, name), pair.privatePem, { mode: 0o600, flag: "wx" });
  writeFileSync(publicFile(state, name), pair.publicPem, { flag: "wx" });
}

export function signWith(state: string, name: string): void {
  mkdirSync(join(state, "signing"), { recursive: true, mode: 0o700 });
  writeFileSync(activeFile(state), `${name}\n`);
}

export function dropKey(state: string, name: string): void {
  rmSync(publicFile(state, name));
  rmSync(privateFile(state, name), { force: true });
}

const activeFile = (state: string): string => join(state, "signing", "active");
const privateFile = (state: string, name: string): string => join(state, "signing", `${name}.private.pem`);
const publicFile = (state: string, name: string): string => join(keysDirectory(state), `${name}.pem`);
