import type { EnvironmentName } from "../../environments/environment";
import type { KeyRing } from "./key-ring";
import { belongTogether, type KeyPair } from "./make-pair";
import { nextSteps } from "./next-steps";
import { secretName, type SecretState } from "./signing-secret";

export interface Deps {
  readonly environment: EnvironmentName;
  readonly ring: KeyRing;
  /** Looks at a key's secret without reading it; `unknown` where there are no credentials for it. */
  readonly secretState: (name: string) => Promise<SecretState | "unknown">;
  readonly putSecret: (name: string, privatePem: string) => Promise<void>;
  readonly wait: () => Promise<void>;
  readonly print: (line: string) => void;
}

/** Makes a pair and keeps its private half safe; called once it is sure that the pair is wanted. */
type Make = () => KeyPair;

/** First step: a new public key is trusted beside the old ones. */
export function newKey({ environment, ring, print }: Deps, name: string, make: Make, secretFile: string): void {
  refuseTaken(ring, name);
  ring.add(name, make());
  print(nextSteps.trusted({ environment, name, places: ring.places, secretFile }));
}

/** Second step: another key signs. What the old one signed is accepted still. */
export async function activate(deps: Deps, name: string): Promise<void> {
  const { environment, ring, print } = deps;
  mustBeThere(ring, name, "activate");
  if (ring.active() === name) throw new Error(`${name} signs already; nothing to do`);
  const state = environment === "local" ? "filled" : await deps.secretState(secretName(environment, name));
  if (state === "absent" || state === "empty") {
    const why =
      state === "absent"
        ? "does not exist: apply the change that trusts the key first"
        : `is empty: npm run keys -- put ${environment} ${name} --secret-file FILE first`;
    throw new Error(`${name} cannot sign yet: the secret ${secretName(environment, name)} ${why}`);
  }
  const previous = ring.active();
  ring.activate(name);
  if (state === "unknown") print(nextSteps.unchecked(environment, name));
  print(nextSteps.activated({ environment, name, previous, places: ring.places }));
}

/** Third step: a key that signs no more is trusted no more. */
export function retire({ environment, ring, print }: Deps, name: string): void {
  mustBeThere(ring, name, "retire");
  if (ring.active() === name) {
    const others = ring.names().filter((each) => each !== name);
    const first = others[0] ?? "another key, made by new,";
    throw new Error(`${name} signs, so it cannot be retired: activate ${first} first, and apply that`);
  }
  ring.drop(name);
  print(nextSteps.retired({ environment, name, places: ring.places }));
}

/** For a key that leaked: all three steps as one change, at the price that viewers are refused for a while. */
export function replace({ environment, ring, print }: Deps, name: string, make: Make, secretFile: string): void {
  refuseTaken(ring, name);
  const leaked = ring.active();
  ring.add(name, make());
  ring.activate(name);
  ring.drop(leaked);
  print(nextSteps.replaced({ environment, name, leaked, places: ring.places, secretFile }));
}

/** Puts a private half into its secret; with `patiently`, as soon as the apply has made it. */
export async function put(deps: Deps, name: string, privatePem: string, patiently: boolean): Promise<void> {
  const { environment, ring, print } = deps;
  mustBeThere(ring, name, "put");
  if (!belongTogether(privatePem, ring.publicPem(name))) {
    throw new Error(`--secret-file must hold the private half of ${ring.places.keys}/${name}.pem, got something else`);
  }
  const secret = secretName(environment, name);
  while ((await deps.secretState(secret)) === "absent") {
    if (!patiently) {
      throw new Error(`${secret} does not exist yet: apply the change that trusts ${name} first, or wait with --wait`);
    }
    await deps.wait();
  }
  await deps.putSecret(secret, privatePem);
  print(`${secret} holds the private half of ${name}. Delete the file: nothing else needs it.`);
}

function refuseTaken(ring: KeyRing, name: string): void {
  if (!ring.names().includes(name)) return;
  throw new Error(`${name} is taken: ${ring.places.keys} has ${ring.names().join(", ")}; choose another name`);
}

function mustBeThere(ring: KeyRing, name: string, action: string): void {
  if (ring.names().includes(name)) return;
  const known = ring.names().join(", ") || "none";
  throw new Error(`${action} needs a key whose public half is in ${ring.places.keys}, got ${name}; there are ${known}`);
}
