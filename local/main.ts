import { join } from "node:path";
import { describeTrouble } from "./trouble";
import { parseOptions, USAGE } from "./options";
import { Progress } from "./progress";
import { writeReport } from "./report";
import { Run } from "./run";
import { SAMPLE_VIEWERS } from "./viewers";

// The clients of the AWS SDK announce which Node they will need next year; whoever watches a video need not read it.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";

/** `npm start`: the whole platform on this machine. */
async function main(): Promise<number> {
  const parsed = parseOptions(process.argv.slice(2));
  if (!parsed.ok) {
    console.error(parsed.problems.join("\n"));
    return 1;
  }
  const { options } = parsed;
  if (options.help) {
    console.log(USAGE);
    return 0;
  }
  const progress = new Progress({
    out: process.stdout,
    clock: Date.now,
    noColor: process.env.NO_COLOR,
    dumb: process.env.TERM === "dumb",
  });
  const run = new Run(options, { root: join(__dirname, ".."), searchPath: process.env.PATH ?? "", progress });
  const interrupted = new Promise<"interrupted">((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve("interrupted"));
  });
  let code = 0;
  try {
    const outcome = await Promise.race([run.start(), interrupted]);
    if (outcome !== "interrupted") {
      if (options.report) await writeReport(options.report, run.report());
      progress.close();
      if (!options.once) {
        invite(run.signIn);
        await interrupted;
      }
    }
  } catch (error) {
    code = 1;
    const reason = describeTrouble(error);
    run.fail(reason);
    progress.close();
    console.error(reason);
    if (options.report) await writeReport(options.report, run.report(reason));
  }
  progress.close();
  await run.stop();
  return code;
}

function invite({ app, password, quality }: Run["signIn"]): void {
  console.log(`
  Open      ${app}
  Sign in   ${SAMPLE_VIEWERS.entitled}   ${password}
            ${SAMPLE_VIEWERS.other}    the same password, but no subscription: refused
            ${SAMPLE_VIEWERS.editor}   the same, and may upload, publish, withdraw and license titles${quality === undefined ? "" : `\n  Numbers   ${quality}   what players measured`}

  Stop with Ctrl-C; the title is still here at the next start.`);
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(describeTrouble(error));
    process.exit(1);
  },
);
