import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { EnvironmentName } from "../../environments/environment";
import { activeKey, addKey, dropKey, signWith } from "../../local/signing-keys";
import { keysDirectory } from "../../local/secrets";
import { activeIn, withActive } from "./active-setting";
import type { KeyPair } from "./make-pair";

/** An environment's signing keys, as the next synth will find them. */
export interface KeyRing {
  /** What a person is told has changed. */
  readonly places: { readonly keys: string; readonly setting: string };
  /** Names of the trusted public keys, sorted. */
  names(): string[];
  active(): string;
  publicPem(name: string): string;
  /** Where the private half goes is the caller's matter, save for `local`, whose state directory keeps it. */
  add(name: string, pair: KeyPair): void;
  activate(name: string): void;
  drop(name: string): void;
}

const LOCAL_DEFAULT = "local";

export function keyRing(environment: EnvironmentName, root: string, state: string): KeyRing {
  return environment === "local" ? localRing(state) : repositoryRing(environment, root);
}

/** Public keys are files under review, and so is which of them signs. */
function repositoryRing(environment: EnvironmentName, root: string): KeyRing {
  const places = { keys: `keys/${environment}`, setting: `environments/${environment}.json` };
  const directory = join(root, places.keys);
  const setting = join(root, places.setting);
  const file = (name: string): string => join(directory, `${name}.pem`);
  return {
    places,
    names: () => pemNames(directory),
    active: () => activeIn(readFileSync(setting, "utf8")),
    publicPem: (name) => readFileSync(file(name), "utf8"),
    add(name, { publicPem }) {
      mkdirSync(directory, { recursive: true });
      writeFileSync(file(name), publicPem, { flag: "wx" });
    },
    activate: (name) => writeFileSync(setting, withActive(readFileSync(setting, "utf8"), name, places.setting)),
    drop: (name) => rmSync(file(name)),
  };
}

/** This machine's platform: both halves are in its state directory. */
function localRing(state: string): KeyRing {
  const directory = keysDirectory(state);
  return {
    places: { keys: directory, setting: join(state, "signing", "active") },
    names: () => pemNames(directory),
    active: () => activeKey(state) ?? LOCAL_DEFAULT,
    publicPem: (name) => readFileSync(join(directory, `${name}.pem`), "utf8"),
    add: (name, pair) => addKey(state, name, pair),
    activate: (name) => signWith(state, name),
    drop: (name) => dropKey(state, name),
  };
}

function pemNames(directory: string): string[] {
  const files = existsSync(directory) ? readdirSync(directory) : [];
  return files
    .filter((file) => file.endsWith(".pem"))
    .map((file) => file.slice(0, -".pem".length))
    .sort();
}
