import { spawnSync } from "node:child_process";
import { availableParallelism } from "node:os";

/** One more than there are processors, since a system test waits as often as it works. */
const AT_ONCE = availableParallelism() + 1;

/** `npm test`: builds what some tests read, then runs units and system tests; `npm test -- ...` runs what Jest is asked for. */
function run(command: string, ...args: string[]): void {
  const { status } = spawnSync("npx", ["--no-install", command, ...args], { stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}

const chosen = process.argv.slice(2);
run("tsx", "script/build.ts");
run("jest", ...(chosen.length > 0 ? chosen : ["--selectProjects", "unit", "system", `--maxWorkers=${AT_ONCE}`]));
