import { join, resolve } from "node:path";
import { createInterface } from "node:readline/promises";
import { parseArgs } from "node:util";
import { DEPLOYABLE, type Environment } from "../environments/environment";
import { loadEnvironment } from "../environments/load";
import { bootstrap, type BootstrapOutcome } from "./bootstrap-flow";
import { BootstrapFolder } from "./bootstrap-folder";
import { nextSteps } from "./bootstrap-next-steps";
import { programVariables, runCommand } from "./gitops/command";
import { EXIT, Failure } from "./gitops/failure";

const HELP = `npm run bootstrap -- ENV [--check] [--yes] [--emulator URL]

Makes what stands before the first apply of an environment (${DEPLOYABLE.join(", ")}): the buckets for state and artifacts,
GitHub's OpenID Connect provider, the three deployment roles. Takes an administrator's credentials from AWS_PROFILE or
AWS_ACCESS_KEY_ID. Can be run again at any time: it changes what differs and nothing else.

  --check         shows what would change, and changes nothing; exit 0 nothing, 2 something
  --yes           asks no questions
  --emulator URL  an emulator of AWS at this address, instead of AWS`;

/** `npm run bootstrap`. @returns the exit code */
async function main(argv: readonly string[], root: string): Promise<number> {
  const { values, positionals } = options(argv);
  const [name] = positionals;
  if (values.help) {
    console.log(HELP);
    return EXIT.ok;
  }
  const environment = deployable(name, positionals.length);
  const { check, yes, emulator } = values;
  const folder = new BootstrapFolder({
    folder: join(root, ".local", emulator ? "bootstrap-emulated" : "bootstrap", environment.name),
    environment,
    lock: join(root, "terraform", "lock", ".terraform.lock.hcl"),
    emulator,
  });
  const outcome = await bootstrap(
    { environment: environment.name, folder, check },
    {
      run: runCommand,
      env: programVariables(process.env),
      approve: async (plan) => {
        console.log(plan);
        return yes || confirmed(environment, emulator);
      },
      say: (line) => console.log(line),
    },
  );
  console.log(said(environment, outcome));
  if (outcome === "declined") return EXIT.failed;
  return outcome === "would change" ? EXIT.refused : EXIT.ok;
}

function options(argv: readonly string[]) {
  const flag = { type: "boolean", default: false } as const;
  return parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: { check: flag, yes: flag, help: flag, emulator: { type: "string" } },
  });
}

function deployable(name: string | undefined, count: number): Environment {
  const known = DEPLOYABLE.find((each) => each === name);
  if (known && count === 1) return loadEnvironment(known);
  throw new Failure(`bootstrap takes one environment of ${DEPLOYABLE.join(", ")}, got ${name ?? "none"}; see --help`);
}

async function confirmed({ account, region }: Environment, emulator?: string): Promise<boolean> {
  if (!process.stdin.isTTY)
    throw new Failure("there is no terminal to ask on: read the plan with --check, then pass --yes");
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  const where = emulator ?? `account ${account}, ${region}`;
  const answer = await lines.question(`Apply this to ${where}? Type yes: `);
  lines.close();
  return answer.trim() === "yes";
}

function said(environment: Environment, outcome: BootstrapOutcome): string {
  switch (outcome) {
    case "unchanged":
      return `vod-bootstrap-${environment.name} is as it should be: nothing to do.\n\n${nextSteps(environment)}`;
    case "changed":
      return `vod-bootstrap-${environment.name} is in place.\n\n${nextSteps(environment)}`;
    case "would change":
      return `vod-bootstrap-${environment.name} is not as it should be: npm run bootstrap -- ${environment.name} makes it so.`;
    case "declined":
      return "Nothing was changed.";
  }
}

if (require.main === module) {
  const root = resolve(__dirname, "..");
  main(process.argv.slice(2), root)
    .then((code) => {
      process.exitCode = code;
    })
    .catch((error: unknown) => {
      console.error(`bootstrap: ${error instanceof Error ? error.message : String(error)}`);
      process.exitCode = error instanceof Failure ? error.exit : EXIT.failed;
    });
}
