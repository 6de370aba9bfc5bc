import { spawnSync } from "node:child_process";

/** `npm run prove [-- NAME...]`: the long proofs, all of them or by the names of their files. */
const names = process.argv.slice(2).map((name) => `__tests__/prove/${name}`);
const steps = [
  ["tsx", "script/build.ts"],
  ["jest", "--selectProjects", "prove", "--runInBand", ...names],
];
for (const [command = "", ...args] of steps) {
  const { status } = spawnSync("npx", ["--no-install", command, ...args], { stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}
