import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Environment } from "../environments/environment";
import { bootstrapName } from "../stacks/bootstrap/bootstrap-stack";
import { synthesiseBootstrap } from "../stacks/synthesise";
import { emulatedStack, emulatedState, LOCAL_STATE, type S3Backend } from "./bootstrap-overrides";

export interface BootstrapFolderOptions {
  readonly folder: string;
  readonly environment: Environment;
  /** The committed lock file; left out where there is none. */
  readonly lock?: string;
  /** Address of an emulator of AWS. */
  readonly emulator?: string;
}

const STATE = "terraform.tfstate";
const BACKEND = "backend_override.tf.json";

/** Where Terraform works on the bootstrap of an environment, and where its state lies until it has a bucket. */
export class BootstrapFolder {
  readonly path: string;
  private readonly backend: S3Backend;

  /** Synthesises the stack anew; a state that an earlier run left stays. */
  constructor(private readonly options: BootstrapFolderOptions) {
    const { folder, environment, lock, emulator } = options;
    this.path = folder;
    mkdirSync(folder, { recursive: true });
    chmodSync(folder, 0o700);
    synthesiseBootstrap(environment, join(folder, "synth"));
    const stack = readFileSync(join(folder, "synth", "stacks", bootstrapName(environment), "cdk.tf.json"), "utf8");
    this.backend = (JSON.parse(stack) as { terraform: { backend: { s3: S3Backend } } }).terraform.backend.s3;
    writeFileSync(join(folder, "cdk.tf.json"), stack);
    if (lock && existsSync(lock)) copyFileSync(lock, join(folder, ".terraform.lock.hcl"));
    this.remove("undo_override.tf.json"); // of an undo that was begun: it lets buckets be destroyed
    this.write("emulator_override.tf.json", emulator ? emulatedStack(emulator) : undefined);
  }

  get bucket(): string {
    return String(this.backend.bucket);
  }

  /** Whether an earlier run made something and did not come to moving its state. */
  get holdsState(): boolean {
    return existsSync(join(this.path, STATE));
  }

  keepStateHere(): void {
    this.write(BACKEND, LOCAL_STATE);
  }

  keepStateInBucket(): void {
    const { emulator } = this.options;
    this.write(BACKEND, emulator ? emulatedState(this.backend, emulator) : undefined);
  }

  /** To be called when the bucket has it. */
  dropState(): void {
    for (const file of [STATE, `${STATE}.backup`]) rmSync(join(this.path, file), { force: true });
  }

  remove(file: string): void {
    rmSync(join(this.path, file), { force: true });
  }

  private write(file: string, content: object | undefined): void {
    if (content) writeFileSync(join(this.path, file), JSON.stringify(content, null, 2));
    else this.remove(file);
  }
}
