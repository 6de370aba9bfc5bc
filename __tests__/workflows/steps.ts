import { condition, type Contexts, type Status } from "./expressions";
import { type Automation, localAction, type Step } from "./read";
import { type RunningJob, type RunSteps, textsOf } from "./simulate";

/** A step with every expression replaced, about to run. */
export interface ReadyStep {
  readonly job: RunningJob;
  readonly name: string;
  readonly id?: string;
  readonly uses?: string;
  readonly with: Readonly<Record<string, string>>;
  /** Variables of workflow, job and step. */
  readonly env: Readonly<Record<string, string>>;
  readonly run?: string;
}

export interface StepOutcome {
  readonly failed?: boolean;
  readonly outputs?: Readonly<Record<string, string>>;
}

export type RunStep = (step: ReadyStep) => Promise<StepOutcome>;

type Outputs = Record<string, { outputs: Readonly<Record<string, string>> }>;

/** Takes a job through its steps, and a composite action through its own, each done by `runStep`. */
export function stepwise(all: Automation, runStep: RunStep): RunSteps {
  return async (job) => {
    const env = textsOf(job.job.env ?? {}, job.contexts);
    const steps: Outputs = {};
    const failed = await runAll(job.job.steps ?? [], job, { ...job.contexts, env }, env, steps);
    return { result: failed ? "failure" : "success", steps };
  };

  async function runAll(
    list: readonly Step[],
    job: RunningJob,
    contexts: Contexts,
    env: Readonly<Record<string, string>>,
    outputs: Outputs,
  ): Promise<boolean> {
    const status: Status = { success: true, failure: false, cancelled: false };
    for (const [index, step] of list.entries()) {
      const here = { ...contexts, steps: outputs };
      if (!condition(step.if, here, status)) continue;
      const outcome = await runOne(step, job, here, env, index);
      if (step.id) outputs[step.id] = { outputs: outcome.outputs ?? {} };
      if (outcome.failed) return true;
    }
    return false;
  }

  async function runOne(
    step: Step,
    job: RunningJob,
    contexts: Contexts,
    outer: Readonly<Record<string, string>>,
    index: number,
  ): Promise<StepOutcome> {
    const given = textsOf(step.with ?? {}, contexts);
    const local = step.uses === undefined ? undefined : localAction(step.uses);
    if (local !== undefined) {
      const action = all.actions[local];
      if (!action) throw new Error(`there is no action ${step.uses}`);
      const inputs = Object.fromEntries(
        Object.entries(action.inputs ?? {}).map(([name, { default: otherwise }]) => [
          name,
          given[name] ?? otherwise ?? "",
        ]),
      );
      const inside = { github: contexts.github ?? {}, inputs };
      return { failed: await runAll(action.runs.steps, job, inside, outer, {}) };
    }
    const env = { ...outer, ...textsOf(step.env ?? {}, contexts) };
    const name = step.name ?? step.id ?? step.uses ?? `step ${index + 1}`;
    return runStep({ job, name, id: step.id, uses: step.uses?.split("@")[0], with: given, env, run: step.run });
  }
}

/** Steps that do nothing but put out what they are told to: enough to see which jobs run. */
export function cannedSteps(
  all: Automation,
  outputs: (step: ReadyStep) => Readonly<Record<string, string>> | undefined,
  seen: (step: ReadyStep) => void = () => undefined,
): RunSteps {
  return stepwise(all, async (step) => {
    seen(step);
    return { outputs: outputs(step) };
  });
}
