import type { Automation, Job, Step, Workflow } from "../read";

/** One text of `.github`, changed in memory so that a rule is broken. */
export interface Break {
  /** Path below `.github`. */
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

export interface Rule {
  readonly id: string;
  readonly why: string;
  /** Every place where the rule does not hold. */
  readonly check: (automation: Automation) => string[];
  /** Each of these changes must be caught. */
  readonly breaks: readonly [Break, ...Break[]];
}

export interface PlacedJob {
  readonly file: string;
  readonly id: string;
  /** `plan.yml synth` */
  readonly where: string;
  readonly job: Job;
  readonly workflow: Workflow;
}

export interface PlacedStep {
  readonly where: string;
  readonly step: Step;
  readonly index: number;
  /** Absent for steps of a composite action. */
  readonly of?: PlacedJob;
}

export function files({ workflows }: Automation): [string, Workflow][] {
  return Object.entries(workflows);
}

export function jobs(automation: Automation): PlacedJob[] {
  return files(automation).flatMap(([file, workflow]) =>
    Object.entries(workflow.jobs).map(([id, job]) => ({ file, id, where: `${file} ${id}`, job, workflow })),
  );
}

/** Every step, of jobs and of composite actions. */
export function steps(automation: Automation): PlacedStep[] {
  const ofJobs = jobs(automation).flatMap((of) => stepsOf(of));
  const ofActions = Object.entries(automation.actions).flatMap(([name, { runs }]) =>
    runs.steps.map((step, index) => ({ where: `action ${name}, ${title(step, index)}`, step, index })),
  );
  return [...ofJobs, ...ofActions];
}

export function stepsOf(of: PlacedJob): PlacedStep[] {
  return (of.job.steps ?? []).map((step, index) => ({ where: `${of.where}, ${title(step, index)}`, step, index, of }));
}

const title = ({ name, id, uses }: Step, index: number): string => name ?? id ?? uses ?? `step ${index + 1}`;

export const where = (places: readonly { readonly where: string }[]): string[] => places.map((place) => place.where);

export function permissionsOf({ permissions }: Job): Readonly<Record<string, string>> {
  return typeof permissions === "object" ? permissions : {};
}

/** `actions/checkout` of `actions/checkout@<sha>`. */
export const actionOf = ({ uses = "" }: Step): string => uses.split("@")[0] ?? "";

export const isCheckout = (step: Step): boolean => actionOf(step) === "actions/checkout";

/** The role that a step takes on, when it does. */
export const roleOf = ({ uses, with: given }: Step): string | undefined =>
  uses === "./.github/actions/assume-role" ? String(given?.role) : undefined;

/** Workflows that a pull request starts, or that one of them calls. */
export function reachedByPullRequests({ workflows }: Automation): Set<string> {
  const started = Object.entries(workflows).filter(([, { on }]) => "pull_request" in on);
  const called = started.flatMap(([, { jobs: all }]) =>
    Object.values(all).flatMap(({ uses }) => (uses ? [uses.replace(/^.*\/([^/@]+)(@.*)?$/, "$1")] : [])),
  );
  return new Set([...started.map(([file]) => file), ...called]);
}
