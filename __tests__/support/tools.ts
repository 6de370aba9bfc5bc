import { spawnSync } from "node:child_process";
import { findProviderMirror as find } from "../../script/emulated/provider-mirror";

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
    return ((name: string) =>
      test(name, () => {
        throw new Error(`${tool} is missing and ${requiredBy}=1 demands it`);
      })) as unknown as typeof test;
  }
  console.warn(`${tool} is missing: what needs it is skipped`);
  return test.skip as typeof test; // eslint-disable-line @typescript-eslint/no-unnecessary-type-assertion -- skip lacks the type of test
}

/** The folder that `TF_PROVIDER_MIRROR` names, or one that is found on this disk. */
export function findProviderMirror(): string | undefined {
  return find(process.env.TF_PROVIDER_MIRROR);
}
