import { rmSync } from "node:fs";
import { resolve } from "node:path";
import { hasMoto } from "../emulator/moto";
import { findProviderMirror } from "./emulated/provider-mirror";
import { rehearse } from "./emulated/rehearsal";

// The clients of the AWS SDK announce which Node they will need next year.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";

/** `npm run apply:emulated`: the life of an environment by real Terraform, in an account on this machine. */
async function main(root: string): Promise<void> {
  const plugins = findProviderMirror(process.env.TF_PROVIDER_MIRROR);
  if (plugins === undefined) throw new Error("no AWS provider on this disk; see docs/emulated-account.md");
  if (!hasMoto()) throw new Error("python3 cannot run moto.server; see docs/emulated-account.md");
  const directory = resolve(root, ".local", "emulated");
  rmSync(directory, { recursive: true, force: true });
  const began = Date.now();
  const searchPath = process.env.PATH ?? "";
  await rehearse({ root, directory, plugins, searchPath, say: (line) => console.log(line) });
  console.log(`all of it in ${((Date.now() - began) / 1000).toFixed(0)} s`);
}

main(resolve(__dirname, "..")).then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(`apply:emulated: ${error instanceof Error ? error.message : String(error)}`);
    process.exit(1);
  },
);
