import { join } from "node:path";
import { parseArgs } from "node:util";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { loadEnvironment } from "../environments/load";
import { readArguments, USAGE, type KeysArguments } from "./keys/arguments";
import { keyRing } from "./keys/key-ring";
import { makePair, type KeyPair } from "./keys/make-pair";
import { activate, newKey, put, replace, retire, type Deps } from "./keys/rotation";
import { readSecretFile, writeSecretFile } from "./keys/secret-file";
import { SigningSecrets } from "./keys/signing-secret";

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";

const ROOT = join(__dirname, "..");
const WAIT_MS = 5_000;

/** `npm run keys`: the steps of a rotation, each a small change to be reviewed. */
async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      type: { type: "string", default: "rsa" },
      "secret-file": { type: "string" },
      wait: { type: "boolean", default: false },
      state: { type: "string", default: ".local" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help || positionals.length === 0) return console.log(USAGE);
  const today = new Date().toISOString().slice(0, 10);
  const wanted = readArguments({ positionals, type: values.type, secretFile: values["secret-file"] }, today);
  await perform(dependencies(wanted, values.state), wanted, values.wait);
}

async function perform(deps: Deps, wanted: KeysArguments, patiently: boolean): Promise<void> {
  const { action, name, secretFile } = wanted;
  switch (action) {
    case "new":
      return newKey(deps, name, () => keptPair(wanted), secretFile);
    case "replace":
      return replace(deps, name, () => keptPair(wanted), secretFile);
    case "activate":
      return activate(deps, name);
    case "retire":
      return retire(deps, name);
    case "put":
      return put(deps, name, readSecretFile(secretFile), patiently);
  }
}

/** A new pair whose private half is safe before its public half is trusted. */
function keptPair({ type, secretFile }: KeysArguments): KeyPair {
  const pair = makePair(type);
  if (secretFile !== "") writeSecretFile(secretFile, pair.privatePem, ROOT);
  return pair;
}

function dependencies({ environment, action }: KeysArguments, state: string): Deps {
  const secrets = () => new SigningSecrets(new SecretsManagerClient({ region: loadEnvironment(environment).region }));
  return {
    environment,
    ring: keyRing(environment, ROOT, state),
    secretState: (name) => {
      const found = secrets().state(name);
      // Whoever prepares a change may have no credentials; whoever puts a key must.
      return action === "put" ? found : found.catch(() => "unknown" as const);
    },
    putSecret: (name, privatePem) => secrets().put(name, privatePem),
    wait: () => new Promise((resolve) => setTimeout(resolve, WAIT_MS)),
    print: console.log,
  };
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
