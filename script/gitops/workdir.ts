import { chmodSync, copyFileSync, existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { EXIT, Failure } from "./failure";
import { LOCK_FILE } from "./terraform";

export interface WorkdirOptions {
  readonly folder: string;
  /** The synthesised stack, `cdk.tf.json`. */
  readonly stack: string;
  /** The committed lock file. */
  readonly lock: string;
  /** A file that Terraform merges over the stack: an emulator's endpoints. Nothing deployed has one. */
  readonly override?: string;
}

/**
 * The folder in which Terraform works on a stack: the synthesised JSON and the committed lock file beside it, since the
 * folder that synth writes is made anew each time. Only its owner can read it: plans are made there.
 */
export function makeWorkdir({ folder, stack, lock, override }: WorkdirOptions): string {
  for (const [file, advice] of [
    [stack, "synthesise with npm run synth"],
    [lock, "write it with npm run lock"],
  ] as const) {
    if (!existsSync(file)) throw new Failure(`${file} is missing: ${advice}`, EXIT.refused);
  }
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o700);
  copyFileSync(stack, join(folder, "cdk.tf.json"));
  copyFileSync(lock, join(folder, LOCK_FILE));
  if (override === undefined) rmSync(join(folder, "override.tf.json"), { force: true });
  else copyFileSync(override, join(folder, "override.tf.json"));
  return folder;
}
