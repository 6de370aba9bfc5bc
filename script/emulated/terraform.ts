import { spawn } from "node:child_process";
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { StateDocument } from "../../local/terraform/applied";

/** What `terraform show -json` says of a plan, as far as it is read here. */
export interface Plan {
  readonly prior_state?: StateDocument;
  readonly resource_changes?: readonly ResourceChange[];
}

export interface ResourceChange {
  readonly address: string;
  /** Where the resource stood before a `moved` block. */
  readonly previous_address?: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly before: Readonly<Record<string, unknown>> | null;
    readonly after: Readonly<Record<string, unknown>> | null;
  };
}

export interface TerraformOptions {
  readonly folder: string;
  /** Holds the AWS provider: `-plugin-dir`. */
  readonly plugins: string;
  /** All that Terraform is told; it inherits nothing, so that no real account is ever meant. */
  readonly environment: Readonly<Record<string, string>>;
}

/** A folder with one synthesised stack, and the commands that are run in it. */
export class Terraform {
  constructor(private readonly options: TerraformOptions) {
    mkdirSync(options.folder, { recursive: true });
    writeFileSync(join(options.folder, "terraform.rc"), "");
  }

  /** Takes a synthesised stack, and what is merged over it. */
  use(stackFile: string, override: object): void {
    copyFileSync(stackFile, join(this.options.folder, "cdk.tf.json"));
    writeFileSync(join(this.options.folder, "override.tf.json"), JSON.stringify(override, null, 2));
  }

  init(...more: readonly string[]): Promise<string> {
    return this.run("init", "-input=false", `-plugin-dir=${this.options.plugins}`, ...more);
  }

  /** Plans, and says what was planned; {@link apply} then does that and nothing else. */
  async plan(...more: readonly string[]): Promise<Plan> {
    await this.run("plan", "-input=false", "-out=saved.plan", ...more);
    return JSON.parse(await this.run("show", "-json", "saved.plan")) as Plan;
  }

  apply(): Promise<string> {
    return this.run("apply", "-input=false", "saved.plan");
  }

  /** What stands, as the last apply read it back. */
  async state(): Promise<StateDocument> {
    return JSON.parse(await this.run("show", "-json")) as StateDocument;
  }

  /** @throws with what Terraform said when it fails. */
  async run(command: string, ...more: readonly string[]): Promise<string> {
    const { folder, environment } = this.options;
    const settings = {
      TF_CLI_CONFIG_FILE: join(folder, "terraform.rc"),
      TF_IN_AUTOMATION: "1",
      CHECKPOINT_DISABLE: "1",
    };
    const env = { ...environment, ...settings };
    const child = spawn("terraform", [command, ...more, "-no-color"], {
      cwd: folder,
      env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    const [printed, complained]: Buffer[][] = [[], []];
    child.stdout.on("data", (chunk: Buffer) => printed!.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => complained!.push(chunk));
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", resolve);
    });
    if (code === 0) return Buffer.concat(printed!).toString("utf8");
    throw new TerraformError(command, Buffer.concat(complained!).toString("utf8").trim());
  }
}

/** A command that failed; the message is what Terraform said of it. */
export class TerraformError extends Error {
  override readonly name = "TerraformError";

  constructor(command: string, said: string) {
    super(`terraform ${command} failed:\n${said}`);
  }
}

/** The changes of a plan that would do something. */
export function changesOf(plan: Plan): ResourceChange[] {
  return (plan.resource_changes ?? []).filter(({ change }) => change.actions.join() !== "no-op");
}

/** `update aws_cloudfront_cache_policy.manifests: default_ttl, max_ttl`, a line for each change. */
export function describeChanges(plan: Plan): string[] {
  return changesOf(plan).map(({ address, change: { actions, before, after } }) => {
    const names = Object.keys({ ...before, ...after }).sort();
    const differ = names.filter((name) => JSON.stringify(before?.[name]) !== JSON.stringify(after?.[name]));
    const what = before && after ? `: ${differ.join(", ")}` : "";
    return `${actions.join(" and ")} ${address}${what}`;
  });
}
