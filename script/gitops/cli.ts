import { resolve } from "node:path";
import { readArguments } from "./cli-options";
import { COMMANDS, outputsTo } from "./commands";
import { EXIT, Failure } from "./failure";
import { openSession, type Surroundings } from "./session";

/**
 * `npx tsx script/gitops/cli.ts <plan|upload|apply|destroy|drift|record|verify> --env ENV ...`: each step of the
 * flow, the same in a workflow and on a laptop.
 * @returns exit code: 0 done, 1 failed, 2 refused before anything was touched, 3 not what was reviewed
 */
export async function gitops(argv: readonly string[], surroundings: Surroundings): Promise<number> {
  try {
    const args = readArguments(argv, Object.keys(COMMANDS));
    const session = openSession(args, surroundings);
    const outputs = outputsTo(surroundings.variables.GITHUB_OUTPUT, surroundings.log);
    await COMMANDS[args.command]?.(args, session, outputs);
    return EXIT.ok;
  } catch (error) {
    surroundings.log(`error: ${(error as Error).message}`);
    return error instanceof Failure ? error.exit : EXIT.failed;
  }
}

if (require.main === module) {
  void gitops(process.argv.slice(2), {
    variables: process.env,
    root: resolve(__dirname, "..", ".."),
    clock: () => new Date(),
    log: (line) => console.log(line),
    fetch: (url) => fetch(url, { redirect: "manual", signal: AbortSignal.timeout(15_000) }),
  }).then((code) => {
    process.exitCode = code;
  });
}
