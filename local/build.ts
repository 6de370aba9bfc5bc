import { spawn } from "node:child_process";
import { join } from "node:path";

export interface BuildOptions {
  /** The project's root. */
  readonly root: string;
  readonly topology?: "mediapackage" | "direct";
  /** Folder of the public keys. */
  readonly keys: string;
  /** Name of the key that signs; absent: what the environment file says. */
  readonly signingKey?: string;
  /** Folder that receives the zips and the page; each platform has its own, so that one's build disturbs no other's run. */
  readonly dist: string;
  /** Folder that receives the synthesised stack. */
  readonly out: string;
}

/**
 * Builds the zips and the player page and synthesises `local` from them, exactly as for a deployment: in processes of
 * their own, since this platform reads what they write and imports none of it.
 * @returns the path of the synthesised stack
 */
export async function buildAndSynthesise({
  root,
  topology,
  keys,
  signingKey,
  dist,
  out,
}: BuildOptions): Promise<string> {
  await run(root, "script/build.ts", "--out", dist);
  const chosen = topology ? ["--topology", topology] : [];
  if (signingKey) chosen.push("--signing-key", signingKey);
  await run(root, "main.ts", "local", "--keys", keys, "--dist", dist, "--out", out, ...chosen);
  return join(out, "stacks", "vod-local", "cdk.tf.json");
}

/** @throws with what the script printed, when it fails. */
async function run(root: string, script: string, ...args: string[]): Promise<void> {
  const child = spawn(process.execPath, [require.resolve("tsx/cli"), script, ...args], { cwd: root, stdio: "pipe" });
  const printed: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => printed.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => printed.push(chunk));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  if (code !== 0) throw new Error(`${script} failed:\n${Buffer.concat(printed).toString("utf8").trim()}`);
}
