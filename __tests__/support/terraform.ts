import { execFile, execFileSync } from "node:child_process";
import { copyFileSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What a test relaxes of a stack, in a file that Terraform merges over it: the backend. */
const OVERRIDE = { terraform: { backend: { local: {} } } };

/** A folder with a synthesised stack, initialised against a provider on this disk; no network, no account. */
export function initialised(stackFile: string, mirror: string): string {
  const folder = mkdtempSync(join(tmpdir(), "vod-terraform-"));
  copyFileSync(stackFile, join(folder, "cdk.tf.json"));
  writeFileSync(join(folder, "override.tf.json"), JSON.stringify(OVERRIDE));
  terraform(folder, "init", "-input=false", `-plugin-dir=${mirror}`);
  return folder;
}

/** Runs Terraform in a folder. @throws with what Terraform said when it fails. */
export function terraform(folder: string, ...args: string[]): string {
  const options = { ...settings(folder), encoding: "utf8", stdio: "pipe" } as const;
  try {
    return execFileSync("terraform", [...args, "-no-color"], options);
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(`terraform ${args[0]} failed:\n${stdout}${stderr}`);
  }
}

/** The same beside the test, for one that answers Terraform's calls itself. Gives up after two minutes. */
export function terraformBeside(folder: string, ...args: string[]): Promise<string> {
  const options = { ...settings(folder), encoding: "utf8", timeout: 120_000 } as const;
  return new Promise((resolve, reject) => {
    execFile("terraform", [...args, "-no-color"], options, (error, stdout, stderr) => {
      if (error) reject(new Error(`terraform ${args[0]} failed:\n${stdout}${stderr}`));
      else resolve(stdout);
    });
  });
}

function settings(folder: string) {
  const config = join(folder, "terraform.rc");
  writeFileSync(config, "");
  const env = { ...process.env, TF_CLI_CONFIG_FILE: config, TF_IN_AUTOMATION: "1", CHECKPOINT_DISABLE: "1" };
  return { cwd: folder, env };
}
