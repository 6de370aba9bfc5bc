import { type Change, changesOf, outputChangesOf } from "../../review/changes";
import { changeDigest } from "../../review/digest";
import { type Plan, readPlan } from "../../review/plan";
import { codeDriftOf } from "./code-drift";
import { EXIT, Failure } from "./failure";
import { sha256 } from "./sha256";

export interface SummedChange {
  readonly address: string;
  readonly kind: Change["kind"];
  /** Of this change alone. */
  readonly digest: string;
}

/** What applying a plan does, without a value of it: what Terraform plans, and code that has to be put back. */
export interface PlanSummary {
  readonly digest: string;
  readonly changes: readonly SummedChange[];
}

/** @throws {Failure} for what is no whole plan */
export function summarise(planJson: string): PlanSummary {
  const plan = parsed(planJson);
  const changes = [
    ...changesOf(plan).map(({ address, kind }) => ({ address, kind, digest: digestOf(plan, address) })),
    ...outputChangesOf(plan).map(({ address, kind }) => ({ address, kind, digest: digestOf(plan, address) })),
  ];
  const code = codeDriftOf(planJson).map((drift) => ({
    address: `${drift.address} (code)`,
    kind: "update" as const,
    digest: sha256(JSON.stringify(drift)),
  }));
  if (code.length === 0) return { digest: changeDigest(plan), changes };
  return {
    digest: sha256([changeDigest(plan), ...code.map(({ digest }) => digest)].join()),
    changes: [...changes, ...code],
  };
}

function parsed(planJson: string): Plan {
  try {
    return readPlan(planJson);
  } catch (error) {
    throw new Failure((error as Error).message, EXIT.refused);
  }
}

/** The digest of a plan that had this one change only. */
function digestOf(plan: Plan, address: string): string {
  const output = /^output\.(.+)$/.exec(address)?.[1];
  const [name] = address.split(" (deposed ");
  const outputs = Object.entries(plan.output_changes).filter(([key]) => key === output);
  return changeDigest({
    ...plan,
    resource_changes: plan.resource_changes.filter((resource) => resource.address === name),
    output_changes: Object.fromEntries(outputs),
  });
}

/** In a few words what two plans differ in: `a is planned otherwise, b was not in the reviewed plan`. */
export function differences(reviewed: PlanSummary, fresh: PlanSummary): string {
  const before = new Map(reviewed.changes.map((change) => [change.address, change]));
  const after = new Map(fresh.changes.map((change) => [change.address, change]));
  const said = [
    ...fresh.changes.flatMap(({ address, kind, digest }) => {
      const known = before.get(address);
      if (!known) return [`${address}: ${kind} now, was not in the reviewed plan`];
      if (known.kind !== kind) return [`${address}: ${kind} now, ${known.kind} when reviewed`];
      return known.digest === digest ? [] : [`${address}: ${kind}, with other values than reviewed`];
    }),
    ...reviewed.changes.flatMap(({ address, kind }) =>
      after.has(address) ? [] : [`${address}: ${kind} when reviewed, nothing to do now`],
    ),
  ];
  const shown = said.slice(0, MOST_SAID).join("; ");
  return said.length > MOST_SAID ? `${shown}; and ${said.length - MOST_SAID} more` : shown;
}

const MOST_SAID = 8;
