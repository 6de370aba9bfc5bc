import { condition, type Contexts, interpolated, interpolatedText, type Status, type Value } from "./expressions";
import { type Automation, calledFile, inputsOf, type Job, listed, type Values, type Workflow } from "./read";

/** What GitHub knows when an event arrives. */
export interface Event {
  readonly name: "pull_request" | "push" | "schedule" | "workflow_dispatch";
  /** The `github` context, `event` among it. */
  readonly github: Readonly<Record<string, Value>>;
  /** Repository variables. */
  readonly vars: Readonly<Record<string, string>>;
  /** Secrets by environment. */
  readonly secrets: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly inputs?: Readonly<Record<string, Value>>;
  /** A fork's run has a token that reads, no identity and no secrets. */
  readonly fork?: boolean;
  /** Environments whose reviewers say no. */
  readonly rejected?: readonly string[];
}

export type Result = "success" | "failure" | "skipped";
export type Permissions = Readonly<Record<string, string>>;

/** One job of a run, as GitHub would show it. */
export interface JobRun {
  /** `plan (dev) / comment` */
  readonly name: string;
  readonly result: Result;
  readonly environment?: string;
  readonly permissions: Permissions;
  readonly outputs: Readonly<Record<string, string>>;
}

/** A job about to run its steps. */
export interface RunningJob {
  readonly name: string;
  readonly job: Job;
  readonly environment?: string;
  readonly permissions: Permissions;
  readonly contexts: Contexts;
}

/** Runs a job's steps. @returns what they put out, by step id */
export type RunSteps = (job: RunningJob) => Promise<StepsResult>;
export interface StepsResult {
  readonly result: "success" | "failure";
  readonly steps: Readonly<Record<string, { readonly outputs: Readonly<Record<string, string>> }>>;
}

interface Finished {
  readonly result: Result;
  readonly outputs: Readonly<Record<string, string>>;
}

interface Called {
  readonly workflow: Workflow;
  readonly prefix: string;
  readonly inputs: Readonly<Record<string, Value>>;
  /** Names that the caller let pass; absent at the top, where all are there. */
  readonly secretNames?: readonly string[];
  /** What the caller grants; absent at the top. */
  readonly granted?: Permissions;
}

/** Follows an event through one workflow and what it calls: who runs, with what rights, and what comes of it. */
export async function simulate(all: Automation, file: string, event: Event, runSteps: RunSteps): Promise<JobRun[]> {
  const workflow = all.workflows[file];
  if (!workflow || !(event.name in workflow.on)) return [];
  const runs: JobRun[] = [];
  await runWorkflow({ workflow, prefix: "", inputs: withDefaults(workflow, event.inputs ?? {}) });
  return runs;

  async function runWorkflow(called: Called): Promise<Finished> {
    const finished: Record<string, Finished> = {};
    for (const [id, job] of Object.entries(called.workflow.jobs)) {
      finished[id] = await runJob(id, job, called, finished);
    }
    const results = Object.values(finished).map(({ result }) => result);
    const result = results.includes("failure") ? "failure" : results.includes("success") ? "success" : "skipped";
    return { result, outputs: workflowOutputs(called.workflow, finished) };
  }

  async function runJob(id: string, job: Job, called: Called, before: Record<string, Finished>): Promise<Finished> {
    const needs = Object.fromEntries(listed(job.needs).map((need) => [need, known(before, need)]));
    const contexts = { ...topContexts(called), needs };
    if (!condition(job.if, contexts, statusOf(needs, before, called.workflow))) {
      runs.push({ name: called.prefix + id, result: "skipped", permissions: {}, outputs: {} });
      return { result: "skipped", outputs: {} };
    }
    const rows = job.strategy?.matrix.include ?? [undefined];
    const finished: Finished[] = [];
    for (const row of rows) finished.push(await runOne(id, job, called, contexts, row));
    const result = finished.some((each) => each.result === "failure")
      ? "failure"
      : (finished.at(-1)?.result ?? "skipped");
    return { result, outputs: finished.at(-1)?.outputs ?? {} };
  }

  async function runOne(id: string, job: Job, called: Called, outer: Contexts, row?: Values): Promise<Finished> {
    const matrix = row && textsOf(row, outer);
    const contexts = { ...outer, matrix: matrix ?? {} };
    const name = called.prefix + id + (matrix ? ` (${matrix.environment})` : "");
    const permissions = permissionsFor(job, called, name);
    if (job.uses) {
      const workflow = all.workflows[calledFile(job.uses)];
      if (!workflow) throw new Error(`${name}: there is no ${job.uses}`);
      const inputs = withDefaults(workflow, valuesOf(job.with ?? {}, contexts));
      const secretNames = Object.keys(typeof job.secrets === "object" ? job.secrets : {});
      return runWorkflow({ workflow, prefix: `${name} / `, inputs, secretNames, granted: permissions });
    }
    const environment = job.environment && interpolatedText(job.environment, contexts);
    if (environment && event.rejected?.includes(environment)) {
      runs.push({ name, result: "failure", environment, permissions: {}, outputs: {} });
      return { result: "failure", outputs: {} };
    }
    const inside = { ...contexts, ...insideContexts(environment, called, permissions) };
    const done = await runSteps({ name, job, environment, permissions, contexts: inside });
    const outputs = textsOf(job.outputs ?? {}, { ...inside, steps: done.steps });
    runs.push({ name, result: done.result, environment, permissions, outputs });
    return { result: done.result, outputs };
  }

  function topContexts({ inputs }: Called): Contexts {
    return { github: { ...event.github, event_name: event.name }, vars: event.vars, inputs };
  }

  function insideContexts(
    environment: string | undefined,
    { secretNames }: Called,
    permissions: Permissions,
  ): Contexts {
    const held = event.fork || !environment ? {} : (event.secrets[environment] ?? {});
    // A called workflow sees a secret of its job's environment only where its caller names it.
    const seen = Object.entries(held).filter(([name]) => !secretNames || secretNames.includes(name));
    const token = Object.keys(permissions).length > 0 ? "github-token" : "";
    return { secrets: Object.fromEntries(seen), github: { ...event.github, event_name: event.name, token } };
  }

  function permissionsFor(job: Job, { workflow, granted }: Called, name: string): Permissions {
    const asked = (job.permissions ?? workflow.permissions ?? {}) as Permissions;
    for (const [kind, level] of Object.entries(asked)) {
      if (granted && rank(granted[kind]) < rank(level)) {
        throw new Error(`${name} asks for ${kind}: ${level}, its caller grants ${granted[kind] ?? "none"}`);
      }
    }
    if (!event.fork) return asked;
    const reduced = Object.entries(asked).filter(([kind]) => kind !== "id-token");
    return Object.fromEntries(reduced.map(([kind]) => [kind, "read"]));
  }
}

const rank = (level: string | undefined): number => ["none", "read", "write"].indexOf(level ?? "none");

function known(
  before: Record<string, Finished>,
  need: string,
): { result: Result; outputs: Readonly<Record<string, string>> } {
  const found = before[need];
  if (!found) throw new Error(`${need} is needed before it ran: jobs stand in the order of their needs`);
  return { ...found };
}

/** `success()` asks the jobs that are needed, `failure()` all that came before them too. */
function statusOf(needs: Record<string, Finished>, before: Record<string, Finished>, workflow: Workflow): Status {
  const ancestors = new Set<string>();
  const add = (id: string): void => {
    ancestors.add(id);
    listed(workflow.jobs[id]?.needs).forEach(add);
  };
  Object.keys(needs).forEach(add);
  return {
    success: Object.values(needs).every(({ result }) => result === "success"),
    failure: [...ancestors].some((id) => before[id]?.result === "failure"),
    cancelled: false,
  };
}

function withDefaults(workflow: Workflow, given: Readonly<Record<string, Value>>): Readonly<Record<string, Value>> {
  const declared = inputsOf(workflow);
  for (const name of Object.keys(given)) if (!(name in declared)) throw new Error(`there is no input ${name}`);
  return Object.fromEntries(
    Object.entries(declared).map(([name, { default: otherwise, required }]) => {
      if (given[name] === undefined && required) throw new Error(`the input ${name} is required`);
      return [name, given[name] ?? otherwise ?? ""];
    }),
  );
}

function workflowOutputs({ on }: Workflow, jobs: Record<string, Finished>): Record<string, string> {
  const declared = (on.workflow_call?.outputs ?? {}) as Record<string, { value: string }>;
  return textsOf(Object.fromEntries(Object.entries(declared).map(([name, { value }]) => [name, value])), {
    jobs: Object.fromEntries(Object.entries(jobs).map(([id, { result, outputs }]) => [id, { result, outputs }])),
  });
}

export function valuesOf(values: Values, contexts: Contexts): Record<string, Value> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, interpolated(value, contexts)]));
}

export function textsOf(values: Values, contexts: Contexts): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, interpolatedText(value, contexts)]));
}
