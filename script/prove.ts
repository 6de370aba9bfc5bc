import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";

/** `npm run prove [-- NAME...]`: the long proofs, all of them or by name. */
const SUFFIX = ".prove.test.ts";
const PROOFS = readdirSync(join(__dirname, "..", "__tests__", "prove"))
  .filter((file) => file.endsWith(SUFFIX))
  .map((file) => file.slice(0, -SUFFIX.length));

function main(names: readonly string[]): number {
  const unknown = names.filter((name) => !PROOFS.includes(name));
  if (unknown.length > 0) {
    console.error(`prove: there is no proof ${unknown.join(", ")}; there are ${PROOFS.join(", ")}`);
    return 1;
  }
  console.log(`Proofs: ${(names.length > 0 ? names : PROOFS).join(", ")}`);
  const files = names.map((name) => `__tests__/prove/${name}${SUFFIX}`);
  const steps = [
    ["tsx", "script/build.ts"],
    ["jest", "--selectProjects=prove", "--runInBand", ...files],
  ];
  for (const [command = "", ...args] of steps) {
    const { status } = spawnSync("npx", ["--no-install", command, ...args], { stdio: "inherit" });
    if (status !== 0) return status ?? 1;
  }
  return 0;
}

process.exitCode = main(process.argv.slice(2));
