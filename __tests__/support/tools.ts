import { spawnSync } from "node:child_process";
import { resolve } from "node:path";

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

/**
 * A folder that serves as `-plugin-dir`: it holds the AWS provider for use without a network. `TF_PROVIDER_MIRROR`
 * names one; otherwise the disk is searched, first hit taken.
 */
export function findProviderMirror(): string | undefined {
  const given = process.env.TF_PROVIDER_MIRROR;
  if (given) return given;
  const wanted = ["-type", "d", "-path", "*registry.terraform.io/hashicorp/aws", "-not", "-path", "*/.terraform/*"];
  const { stdout } = spawnSync("find", ["/", "-xdev", ...wanted, "-print", "-quit"], { encoding: "utf8" });
  const found = (stdout ?? "").trim();
  return found === "" ? undefined : resolve(found, "..", "..", "..");
}
