import { existsSync } from "node:fs";
import { join } from "node:path";
import { type AppliedChange, progressOf, readApplyEvents } from "./apply-events";
import { type Run, runCommand, type Variables } from "./command";
import type { Failure } from "./failure";
import { terraformFailure } from "./terraform-failure";

export const LOCK_FILE = ".terraform.lock.hcl";

export interface TerraformOptions {
  /** The folder with `cdk.tf.json`; see `makeWorkdir`. */
  readonly folder: string;
  readonly environment: string;
  /** The whole environment of the program, credentials and `TF_VAR_...` among it. */
  readonly env: Variables;
  readonly run?: Run;
  /** How long an apply waits for another to give the lock back. */
  readonly lockTimeoutSeconds?: number;
  /** Told of each change that an apply makes. */
  readonly log?: (line: string) => void;
}

export interface PlanOptions {
  /** File below the folder that receives the plan. It holds secrets in clear. */
  readonly out: string;
  readonly destroy?: boolean;
}

export interface ApplyOutcome {
  readonly applied: readonly AppliedChange[];
  readonly failed: readonly AppliedChange[];
  /** Absent when all was applied. */
  readonly problem?: Failure;
}

/** Terraform in one folder. Every method throws a {@link Failure} of one line; none prints what Terraform prints. */
export interface Terraform {
  /** With exactly the providers of the lock file, where there is one. */
  init(...more: readonly string[]): Promise<void>;
  validate(): Promise<void>;
  /** Takes no lock: it writes no state, and a plan that was overtaken is refused as stale. */
  plan(options: PlanOptions): Promise<{ readonly changes: boolean }>;
  /** A saved plan as JSON, secrets in clear. */
  show(file: string): Promise<string>;
  /** Applies a saved plan, exactly. Changes that were made before an error are made, so it is returned, not thrown. */
  apply(file: string): Promise<ApplyOutcome>;
  /** Outputs by name, without those that are sensitive. */
  outputs(): Promise<Readonly<Record<string, unknown>>>;
}

const DEFAULT_LOCK_TIMEOUT = 60;

export function terraformIn(options: TerraformOptions): Terraform {
  const { folder, environment, run = runCommand, log, lockTimeoutSeconds = DEFAULT_LOCK_TIMEOUT } = options;
  const env = { ...options.env, TF_IN_AUTOMATION: "1", TF_INPUT: "0", CHECKPOINT_DISABLE: "1" };

  const terraform = async (accepted: readonly number[], command: string, ...args: readonly string[]) => {
    const outcome = await run("terraform", [command, ...args, "-no-color"], { cwd: folder, env });
    if (accepted.includes(outcome.status)) return outcome;
    throw terraformFailure(outcome.stderr || outcome.stdout, { command, environment });
  };

  return {
    async init(...more) {
      const locked = existsSync(join(folder, LOCK_FILE)) ? ["-lockfile=readonly"] : [];
      await terraform([0], "init", "-input=false", ...locked, ...more);
    },
    async validate() {
      await terraform([0], "validate");
    },
    async plan({ out, destroy = false }) {
      const args = [
        "-input=false",
        "-lock=false",
        "-detailed-exitcode",
        `-out=${out}`,
        ...(destroy ? ["-destroy"] : []),
      ];
      const { status } = await terraform([0, 2], "plan", ...args);
      return { changes: status === 2 };
    },
    async show(file) {
      return (await terraform([0], "show", "-json", file)).stdout;
    },
    async apply(file) {
      const onLine = (line: string): void => {
        const progress = progressOf(line);
        if (progress) log?.(progress);
      };
      const args = ["apply", "-input=false", "-json", `-lock-timeout=${lockTimeoutSeconds}s`, "-no-color", file];
      const { status, stdout, stderr } = await run("terraform", args, { cwd: folder, env, onLine });
      const { applied, failed, errors } = readApplyEvents(stdout);
      if (status === 0) return { applied, failed };
      const said = errors.join("\n") || stderr || stdout;
      return { applied, failed, problem: terraformFailure(said, { command: "apply", environment }) };
    },
    async outputs() {
      const { stdout } = await terraform([0], "output", "-json");
      const all = JSON.parse(stdout) as Record<string, { sensitive?: boolean; value: unknown }>;
      const open = Object.entries(all).filter(([, { sensitive }]) => sensitive !== true);
      return Object.fromEntries(open.map(([name, { value }]) => [name, value]));
    },
  };
}
