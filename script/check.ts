import { spawnSync } from "node:child_process";

/** `npm run check`: types, lint, format, workflows. Every step runs, so that one run shows everything there is to mend. */
const STEPS: readonly (readonly [string, string, ...string[]])[] = [
  ["types", "tsc", "--noEmit"],
  ["lint", "eslint", "--max-warnings", "0", "."],
  ["format", "prettier", "--check", "--log-level", "warn", "."],
  ["workflows", "jest", "--selectProjects=unit", "--testPathPatterns=__tests__/workflows/(actionlint|schema|policy)"],
];

const failed = STEPS.filter(([name, command, ...args]) => {
  const began = Date.now();
  const { status } = spawnSync("npx", ["--no-install", command, ...args], { stdio: "inherit" });
  console.log(`${status === 0 ? "ok" : "FAILED"}  ${name} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
  return status !== 0;
}).map(([name]) => name);

if (failed.length > 0) {
  console.error(`npm run check failed: ${failed.join(", ")}`);
  process.exitCode = 1;
}
