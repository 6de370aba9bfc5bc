import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DEPLOYABLE, type Environment } from "../../environments/environment";
import { environmentName, loadEnvironment } from "../../environments/load";
import { type Aws, awsIn } from "./aws";
import type { Arguments } from "./cli-options";
import { programVariables, type Run, runCommand } from "./command";
import { EXIT, Failure } from "./failure";
import { type Gh, ghIn } from "./gh";
import { type Places, placesOf } from "./places";
import type { RunFacts } from "./record";
import { type Terraform, terraformIn } from "./terraform";
import { makeWorkdir } from "./workdir";

/** What the process was given. */
export interface Surroundings {
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** The project's folder. */
  readonly root: string;
  readonly clock: () => Date;
  readonly log: (line: string) => void;
  readonly fetch: (url: string) => Promise<{ readonly status: number }>;
  readonly run?: Run;
}

/** What a command works with: made from its options, once. */
export interface Session {
  readonly environment: Environment;
  readonly places: Places;
  readonly aws: Aws;
  readonly stackFile: string;
  readonly dist: string;
  readonly log: Surroundings["log"];
  readonly clock: Surroundings["clock"];
  readonly fetch: Surroundings["fetch"];
  /** Names this run among others. */
  readonly run: string;
  /** Page of this run, in a workflow. */
  readonly url?: string;
  readonly tree: () => string;
  readonly gh: () => Gh;
  /** Makes Terraform's folder anew. */
  readonly terraform: () => { readonly terraform: Terraform; readonly folder: string };
  readonly facts: () => Promise<RunFacts>;
}

export function openSession({ values, required }: Arguments, surroundings: Surroundings): Session {
  const { root, log, clock, fetch, run: runProgram = runCommand } = surroundings;
  const given = surroundings.variables;
  const environment = deployable(required("env"));
  const { name, region } = environment;
  const env = programVariables(given);
  const repository = values.repo ?? given.GITHUB_REPOSITORY;
  const run = runName(values.run ?? given.GITHUB_RUN_ID ?? "by-hand");
  const server = given.GITHUB_SERVER_URL;
  const url = server && given.GITHUB_RUN_ID ? `${server}/${repository}/actions/runs/${given.GITHUB_RUN_ID}` : undefined;
  const stackFile = values.stack ?? join(root, "cdktf.out", "stacks", `vod-${name}`, "cdk.tf.json");
  const tree = (): string => values.tree ?? git(root, "HEAD^{tree}");
  const gh = (): Gh => {
    if (repository) return ghIn(repository, env, runProgram);
    throw new Failure("no repository: give --repo owner/name or set GITHUB_REPOSITORY");
  };

  return {
    environment,
    places: placesOf(environment),
    aws: awsIn({ region, environment: name, env, run: runProgram }),
    stackFile,
    dist: values.dist ?? join(root, "dist"),
    log,
    clock,
    fetch,
    run,
    url,
    tree,
    gh,
    terraform() {
      const folder = makeWorkdir({
        folder: values.work ?? join(root, ".local", "gitops", name),
        stack: stackFile,
        lock: values.lock ?? join(root, "terraform", "lock", ".terraform.lock.hcl"),
        override: values.override,
      });
      const lockTimeoutSeconds = values["lock-timeout"] === undefined ? undefined : Number(values["lock-timeout"]);
      return {
        folder,
        terraform: terraformIn({ folder, environment: name, env, log, lockTimeoutSeconds, run: runProgram }),
      };
    },
    async facts() {
      return {
        run,
        tree: tree(),
        commit: values.commit ?? given.GITHUB_SHA ?? git(root, "HEAD"),
        actor: values.actor ?? given.GITHUB_ACTOR ?? given.USER ?? "unknown",
        approvers: given.GITHUB_RUN_ID && repository ? await approversOf(gh(), given.GITHUB_RUN_ID, log) : [],
        ...(url ? { url } : {}),
      };
    },
  };
}

/** @throws {Failure} with the line that loading the environment would throw */
function deployable(name: string): Environment {
  try {
    const known = environmentName(name);
    if (DEPLOYABLE.some((each) => each === known)) return loadEnvironment(known);
  } catch (error) {
    throw new Failure((error as Error).message);
  }
  throw new Failure(`environment must be one of ${DEPLOYABLE.join(", ")}, got "${name}"`);
}

/** It becomes part of keys. */
function runName(run: string): string {
  if (/^[\w.-]{1,80}$/.test(run)) return run;
  throw new Failure(`--run must be letters, digits, ".", "_" and "-", got "${run}"`, EXIT.refused);
}

function git(root: string, revision: string): string {
  try {
    return execFileSync("git", ["rev-parse", revision], { cwd: root, encoding: "utf8", stdio: "pipe" }).trim();
  } catch {
    throw new Failure(`${root} is no git checkout, so --tree and --commit must be given`);
  }
}

interface Approval {
  readonly state: string;
  readonly user: { readonly login: string };
}

/** Who let the run pass (https://docs.github.com/rest/actions/workflow-runs#get-the-review-history-for-a-workflow-run). */
async function approversOf(gh: Gh, run: string, log: Surroundings["log"]): Promise<string[]> {
  try {
    const answer = await gh(["api", `repos/${gh.repository}/actions/runs/${run}/approvals`]);
    const approvals = (JSON.parse(answer) as Approval[]).filter(({ state }) => state === "approved");
    return [...new Set(approvals.map(({ user }) => user.login))].sort();
  } catch (error) {
    // An approval that cannot be read has been given all the same: the job would not run without it.
    log(`approvers are not on record: ${(error as Error).message}`);
    return [];
  }
}

export function stackText({ stackFile }: Session): string {
  if (existsSync(stackFile)) return readFileSync(stackFile, "utf8");
  throw new Failure(`${stackFile} is missing: synthesise with npm run synth`, EXIT.refused);
}
