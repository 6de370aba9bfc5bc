import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** Whether a program can be run here. */
export function has(command: string, ...args: string[]): boolean {
  return spawnSync(command, args.length > 0 ? args : ["--version"], { stdio: "ignore" }).status === 0;
}

/**
 * `test`, or, where a tool is missing, a skipped test that says so. A variable `REQUIRE_...=1` makes the lack a failure.
 */
export function testWith(tool: string, present: boolean, requiredBy?: string): typeof test {
  if (present) return test;
  if (requiredBy && process.env[requiredBy] === "1") {
    return ((name: string) => test(name, () => {
      throw new Error(`${tool} is missing and ${requiredBy}=1 demands it`);
    })) as unknown as typeof test;
  }
  console.warn(`${tool} is missing: what needs it is skipped`);
  return test.skip as typeof test;
}

const PROVIDER = join("registry.terraform.io", "hashicorp", "aws");
const SEARCHED = ["/opt", "/usr/share", "/usr/local/share", "/var/lib", process.env.HOME ?? ""];

/** A folder that serves as `-plugin-dir`: it holds the AWS provider for use without a network. */
export function findProviderMirror(): string | undefined {
  const given = process.env.TF_PROVIDER_MIRROR;
  if (given) return given;
  return SEARCHED.filter((root) => root && existsSync(root)).flatMap((root) => [...holding(root, 3)])[0];
}

function* holding(folder: string, depth: number): Iterable<string> {
  if (existsSync(join(folder, PROVIDER))) yield folder;
  if (depth === 0) return;
  for (const entry of entries(folder)) yield* holding(join(folder, entry), depth - 1);
}

function entries(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
  } catch {
    return []; // not ours to read
  }
}
