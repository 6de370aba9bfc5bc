import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, delimiter, dirname, join, resolve } from "node:path";
import { type Answer, type Call, fakePrograms } from "./fakes";
import type { Automation } from "./read";
import { type Event, type JobRun, simulate } from "./simulate";
import { type ReadyStep, type StepOutcome, stepwise } from "./steps";

/** A call that a step made. */
export interface StepCall extends Call {
  readonly job: string;
  readonly step: string;
}

export interface WorkflowRun {
  readonly jobs: readonly JobRun[];
  readonly calls: readonly StepCall[];
  /** Roles that were taken on, in order: `plan (dev) / plan: arn:...` */
  readonly roles: readonly string[];
  /** What the steps printed. */
  readonly log: string;
  /** Pages that steps wrote for the run. */
  readonly summary: string;
  /** What a file of the workspace held when its job ended. */
  readonly files: Readonly<Record<string, string>>;
}

export interface ShellOptions {
  readonly automation: Automation;
  readonly event: Event;
  /** Temporary folder of the test. */
  readonly folder: string;
  readonly answers: readonly Answer[];
  /** Fills the workspace as a checkout of a ref would; absent ref: the event's own commit. */
  readonly checkout: (workspace: string, ref: string | undefined) => void;
  /** Files of the workspace to keep, as `body.md`. */
  readonly keep?: readonly string[];
}

/** Runs a workflow's `run:` blocks for real, in Bash, with recorded programs on the PATH. */
export async function runInShell(file: string, options: ShellOptions): Promise<WorkflowRun> {
  const { folder, answers, checkout, keep = [] } = options;
  const workspace = join(folder, "workspace");
  const temp = join(folder, "temp");
  const artifacts: { name: string; folder: string }[] = [];
  const programs = fakePrograms(folder, answers);
  const calls: StepCall[] = [];
  const roles: string[] = [];
  const files: Record<string, string> = {};
  let log = "";
  let summary = "";
  let job = "";
  /** What earlier steps of the job handed on: credentials, and lines of GITHUB_ENV. */
  let handed: Record<string, string> = {};

  const github = { ...options.event.github, workspace };
  const runSteps = stepwise(options.automation, async (step) => {
    if (step.job.name !== job) begin(step.job.name);
    const outcome = step.uses === undefined ? await bash(step) : action(step, step.uses);
    for (const name of keep) {
      const path = join(workspace, name);
      if (existsSync(path)) files[name] = readFileSync(path, "utf8");
    }
    return outcome;
  });
  const event = { ...options.event, github };
  const jobs = await simulate(options.automation, file, event, runSteps);
  return { jobs, calls, roles, log, summary, files };

  function begin(name: string): void {
    job = name;
    handed = {};
    for (const path of [workspace, temp]) {
      rmSync(path, { recursive: true, force: true });
      mkdirSync(path, { recursive: true });
    }
  }

  async function bash({ name, run = "", env }: ReadyStep): Promise<StepOutcome> {
    const [output, page, variables] = ["output", "summary", "env"].map((each) => join(temp, `step-${each}`)) as [string, string, string]; // prettier-ignore
    for (const path of [output, page, variables]) writeFileSync(path, "");
    const script = join(temp, "step.sh");
    writeFileSync(script, run);
    const { status, printed } = await execute(script, workspace, {
      PATH: [programs.bin, dirname(process.execPath), "/usr/bin", "/bin"].join(delimiter),
      HOME: temp,
      CI: "true",
      RUNNER_TEMP: temp,
      ...githubVariables(github),
      GITHUB_OUTPUT: output,
      GITHUB_STEP_SUMMARY: page,
      GITHUB_ENV: variables,
      ...handed,
      ...env,
    });
    log += printed;
    summary += readFileSync(page, "utf8");
    calls.push(...programs.take().map((call) => ({ ...call, job, step: name })));
    handed = { ...handed, ...pairs(variables) };
    return { failed: status !== 0, outputs: pairs(output) };
  }

  function action({ with: given, job: { name } }: ReadyStep, uses: string): StepOutcome {
    switch (uses) {
      case "actions/checkout":
        checkout(workspace, given.ref);
        return {};
      case "actions/setup-node":
      case "hashicorp/setup-terraform":
        return {};
      case "aws-actions/configure-aws-credentials":
        roles.push(`${name}: ${given["role-to-assume"]}`);
        handed = {
          ...handed,
          AWS_ACCESS_KEY_ID: "ASIAEXAMPLE",
          AWS_SECRET_ACCESS_KEY: "secret",
          AWS_SESSION_TOKEN: "token",
        };
        return {};
      case "actions/upload-artifact":
        return upload(given.name ?? "", resolve(workspace, given.path ?? ""));
      case "actions/download-artifact":
        return download(given);
      default:
        throw new Error(`${uses} is not foreseen`);
    }
  }

  function upload(name: string, path: string): StepOutcome {
    if (!existsSync(path)) return { failed: true };
    const kept = join(folder, "artifacts", String(artifacts.length + 1));
    rmSync(kept, { recursive: true, force: true });
    cpSync(path, statSync(path).isDirectory() ? kept : join(kept, basename(path)), { recursive: true });
    artifacts.push({ name, folder: kept });
    return { outputs: { "artifact-id": String(artifacts.length) } };
  }

  function download(given: Readonly<Record<string, string>>): StepOutcome {
    const id = given["artifact-ids"];
    const found = id === undefined ? artifacts.find(({ name }) => name === given.name) : artifacts[Number(id) - 1];
    if (!found) return { failed: true };
    cpSync(found.folder, resolve(workspace, given.path ?? "."), { recursive: true });
    return {};
  }
}

/** As GitHub runs a step with `shell: bash`, nothing of this process's environment in it. */
function execute(
  script: string,
  cwd: string,
  env: Record<string, string>,
): Promise<{ status: number; printed: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn("bash", ["--noprofile", "--norc", "-eo", "pipefail", script], { cwd, env });
    let printed = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => void (printed += text));
    }
    child.once("error", reject).once("close", (status) => resolve({ status: status ?? 1, printed }));
  });
}

function githubVariables(github: Event["github"]): Record<string, string> {
  const names = ["repository", "sha", "ref", "run_id", "actor", "server_url", "workspace"];
  return Object.fromEntries(names.map((name) => [`GITHUB_${name.toUpperCase()}`, github[name] as string]));
}

/** `name=value` lines of a file that a step wrote. */
function pairs(file: string): Record<string, string> {
  const lines = readFileSync(file, "utf8").split("\n").filter(Boolean);
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]));
}
