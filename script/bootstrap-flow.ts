import type { BootstrapFolder } from "./bootstrap-folder";
import type { Run, Variables } from "./gitops/command";
import { EXIT, Failure } from "./gitops/failure";
import { terraformFailure } from "./gitops/terraform-failure";

export interface BootstrapRequest {
  readonly environment: string;
  readonly folder: BootstrapFolder;
  /** Looks only. */
  readonly check: boolean;
}

export interface BootstrapDeps {
  readonly run: Run;
  /** The whole environment of Terraform, credentials among it. */
  readonly env: Variables;
  /** Shows a plan and asks whether to apply it. */
  readonly approve: (plan: string) => Promise<boolean>;
  readonly say: (line: string) => void;
}

export type BootstrapOutcome = "unchanged" | "changed" | "would change" | "declined";

const PLAN = "bootstrap.tfplan";

/**
 * Brings the account in line with the bootstrap stack and its state into the bucket that it makes. Each step finds out
 * what is there, so a run that was cut off is simply run again.
 * @throws {Failure} of one line that says what to do next
 */
export async function bootstrap(request: BootstrapRequest, deps: BootstrapDeps): Promise<BootstrapOutcome> {
  const terraform = terraformOf(request, deps);
  const { folder, check } = request;
  const inBucket = !folder.holdsState && (await bucketAnswers(request, terraform, deps));
  if (!inBucket) {
    folder.keepStateHere();
    await terraform("init", "-reconfigure");
  }
  try {
    const { status } = await terraform("plan", "-detailed-exitcode", `-out=${PLAN}`, ...(check ? ["-lock=false"] : []));
    const changes = status === CHANGES;
    if (check) {
      if (changes) deps.say((await terraform("show", PLAN)).stdout);
      return changes || folder.holdsState ? "would change" : "unchanged";
    }
    if (changes && !(await deps.approve((await terraform("show", PLAN)).stdout))) return "declined";
    if (changes) await applied(request, terraform);
    if (!inBucket) await moveState(request, terraform, deps);
    return changes || !inBucket ? "changed" : "unchanged";
  } finally {
    folder.remove(PLAN);
  }
}

/** Status of a plan that would change something. */
const CHANGES = 2;
const NO_BUCKET = /S3 bucket "[^"]*" does not exist|NoSuchBucket/;

type Terraform = (command: string, ...args: readonly string[]) => Promise<{ status: number; stdout: string }>;

function terraformOf({ environment, folder }: BootstrapRequest, { run, env, say }: BootstrapDeps): Terraform {
  const variables = { ...env, TF_IN_AUTOMATION: "1", TF_INPUT: "0", CHECKPOINT_DISABLE: "1" };
  return async (command, ...args) => {
    const onLine = command === "apply" ? say : undefined;
    const outcome = await run("terraform", [command, ...args, "-no-color"], {
      cwd: folder.path,
      env: variables,
      onLine,
    });
    const accepted = outcome.status === 0 || (command === "plan" && outcome.status === CHANGES);
    if (accepted) return outcome;
    const said = outcome.stderr || outcome.stdout;
    if (command === "init" && NO_BUCKET.test(said)) throw new NoBucket(said);
    throw terraformFailure(said, { command, environment });
  };
}

class NoBucket extends Error {}

/** Whether the state can lie in its bucket already: the first time there is none. */
async function bucketAnswers(
  { folder }: BootstrapRequest,
  terraform: Terraform,
  { say }: BootstrapDeps,
): Promise<boolean> {
  folder.keepStateInBucket();
  try {
    await terraform("init", "-reconfigure");
    return true;
  } catch (error) {
    if (!(error instanceof NoBucket)) throw error;
    say(`There is no bucket ${folder.bucket} yet: the first run keeps its state in ${folder.path}`);
    return false;
  }
}

async function applied({ environment, folder }: BootstrapRequest, terraform: Terraform): Promise<void> {
  try {
    await terraform("apply", PLAN);
  } catch (error) {
    const { message } = error as Error;
    const exists = /BucketAlreadyOwnedByYou|BucketAlreadyExists|EntityAlreadyExists/.test(message);
    const advice = exists
      ? "something of that name was made by hand or by another environment: import it (terraform import ADDRESS ID), remove it, or for GitHub's provider set repository.oidcProvider to existing"
      : "mend the cause";
    const kept = folder.holdsState ? `; ${folder.path} holds the state of what was made, so keep it` : "";
    throw new Failure(`${message}; ${advice}, then run npm run bootstrap -- ${environment} again${kept}`, EXIT.failed);
  }
}

/** Moves the state into the bucket, and forgets the copy here only when the bucket's names the same resources. */
async function moveState(
  { environment, folder }: BootstrapRequest,
  terraform: Terraform,
  { say }: BootstrapDeps,
): Promise<void> {
  const before = (await terraform("state", "list")).stdout;
  folder.keepStateInBucket();
  await terraform("init", "-migrate-state", "-force-copy");
  const after = (await terraform("state", "list")).stdout;
  if (after !== before) {
    throw new Failure(
      `the state in ${folder.bucket} is not the one that was made here: nothing was removed from ${folder.path}; compare both, then run npm run bootstrap -- ${environment} again`,
    );
  }
  folder.dropState();
  say(`The state lies in ${folder.bucket} now`);
}
