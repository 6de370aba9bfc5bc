import { generateKeyPairSync } from "node:crypto";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Environment } from "../../environments/environment";
import { loadEnvironment } from "../../environments/load";
import type { Release } from "../../stacks/shared/release";
import { synthesise } from "../../stacks/synthesise";

/** The environment that is rehearsed: its file, but with keys whose private halves are known here. */
export interface Rehearsed {
  readonly environment: Environment;
  /** PEM of each private key, by the key's name. */
  readonly privateKeys: Readonly<Record<string, string>>;
}

export interface StackFiles {
  readonly bootstrap: string;
  readonly workload: string;
}

/** All that can be watched: `dev` by itself tells nobody, and has neither a budget nor a viewer of its own. */
const WATCHED = {
  notify: ["mailto:operators@example.com"],
  page: ["mailto:pager@example.com"],
  budgetDollars: 100,
  check: true,
};

/** `dev`, watched in every way, trusting keys that are made for the occasion. */
export function rehearsedEnvironment(directory: string, keyNames: readonly [string, ...string[]]): Rehearsed {
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  const pairs = keyNames.map((name) => {
    const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    writeFileSync(join(directory, `${name}.pem`), publicKey.export({ type: "spki", format: "pem" }));
    return [name, privateKey.export({ type: "pkcs8", format: "pem" }).toString()] as const;
  });
  const dev = loadEnvironment("dev", { keys: directory });
  const environment = { ...dev, operate: { ...dev.operate, ...WATCHED } };
  return { environment, privateKeys: Object.fromEntries(pairs) };
}

export function synthesiseInto(out: string, environment: Environment, release: Release): StackFiles {
  synthesise([environment], release, out);
  const file = (stack: string): string => join(out, "stacks", stack, "cdk.tf.json");
  return { bootstrap: file(`vod-bootstrap-${environment.name}`), workload: file(`vod-${environment.name}`) };
}
