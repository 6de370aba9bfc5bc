import { spawnSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { App } from "cdktf";
import { loadEnvironment } from "../environments/load";
import { PlatformStack } from "../stacks/shared/platform-stack";

export const LOCK_FILE = ".terraform.lock.hcl";

/** What a team's machines and GitHub's runners are. */
export const PLATFORMS = ["linux_amd64", "linux_arm64", "darwin_amd64", "darwin_arm64", "windows_amd64"];

export interface LockOptions {
  /** Folder of the committed file. */
  readonly out: string;
  /** A filesystem mirror to take providers from; without one, the registry. */
  readonly mirror?: string;
  readonly platforms: readonly string[];
  /** Takes the newest version that the stacks accept, instead of the one locked now. */
  readonly upgrade?: boolean;
}

/** Writes the lock file of the stacks' providers. @throws with what Terraform said */
export function lock({ out, mirror, platforms, upgrade = false }: LockOptions): string {
  const folder = mkdtempSync(join(tmpdir(), "vod-lock-"));
  const committed = join(out, LOCK_FILE);
  try {
    writeFileSync(join(folder, "cdk.tf.json"), requirements(folder));
    if (existsSync(committed) && !upgrade) copyFileSync(committed, join(folder, LOCK_FILE));
    const from = mirror === undefined ? [] : [`-fs-mirror=${resolve(mirror)}`];
    terraform(folder, "providers", "lock", ...from, ...platforms.map((platform) => `-platform=${platform}`));
    mkdirSync(out, { recursive: true });
    copyFileSync(join(folder, LOCK_FILE), committed);
    return committed;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Only what a stack requires of Terraform and providers: that is the same in every stack and needs no build. */
function requirements(folder: string): string {
  const app = new App({ outdir: join(folder, "synth") });
  new PlatformStack(app, "lock", loadEnvironment("dev"));
  app.synth();
  const file = join(folder, "synth", "stacks", "lock", "cdk.tf.json");
  const { terraform } = JSON.parse(readFileSync(file, "utf8")) as { terraform: Record<string, unknown> };
  const { required_providers, required_version } = terraform;
  return JSON.stringify({ terraform: { required_providers, required_version } });
}

function terraform(folder: string, ...args: string[]): void {
  const config = join(folder, "terraform.rc");
  writeFileSync(config, "");
  const env = { ...process.env, TF_CLI_CONFIG_FILE: config, CHECKPOINT_DISABLE: "1" };
  const { status, stderr, error } = spawnSync("terraform", args, { cwd: folder, env, encoding: "utf8" });
  if (error) throw new Error(`terraform cannot be run (${error.message}): install Terraform 1.10 or newer`);
  if (status !== 0)
    throw new Error(`terraform ${args.slice(0, 2).join(" ")} failed: ${stderr.replaceAll(/\s+/g, " ")}`);
}

/** The platforms that a mirror holds the AWS provider for. */
export function platformsOf(mirror: string): string[] {
  const versions = join(mirror, "registry.terraform.io", "hashicorp", "aws");
  if (!existsSync(versions))
    throw new Error(`${mirror} holds no registry.terraform.io/hashicorp/aws: give the mirror's top`);
  const names = readdirSync(versions).flatMap((version) => readdirSync(join(versions, version)));
  return [...new Set(names)].sort();
}

/** `npm run lock [-- --mirror DIR] [--platform NAME]... [--upgrade]` */
function main(args: string[], root: string): void {
  const { values } = parseArgs({
    args,
    options: {
      mirror: { type: "string" },
      platform: { type: "string", multiple: true },
      upgrade: { type: "boolean", default: false },
    },
  });
  const { mirror, upgrade } = values;
  const platforms = values.platform ?? (mirror === undefined ? PLATFORMS : platformsOf(mirror));
  const file = lock({ out: join(root, "terraform", "lock"), mirror, platforms, upgrade });
  console.log(`${file}: providers for ${platforms.join(", ")}`);
}

if (require.main === module) {
  try {
    main(process.argv.slice(2), dirname(__dirname));
  } catch (error) {
    console.error(`lock: ${(error as Error).message}`);
    process.exitCode = 1;
  }
}
