import { spawnSync } from "node:child_process";

/** `npm test`: what the system tests run is built first; units then run side by side, the whole platform one test at a time. */
function run(command: string, ...args: string[]): void {
  const { status } = spawnSync("npx", ["--no-install", command, ...args], { stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}

const chosen = process.argv.slice(2);
run("tsx", "script/build.ts");
if (chosen.length > 0) {
  run("jest", ...chosen);
} else {
  run("jest", "--selectProjects", "unit");
  run("jest", "--selectProjects", "system", "--runInBand");
}
