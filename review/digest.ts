import { createHash } from "node:crypto";
import { canonical, isList, isObject } from "./mask";
import type { Plan, PlannedChange, ResourceChange } from "./plan";

/**
 * Attributes that AWS counts up by itself: computed ones of the provider's schema that hold a moment. They tell when
 * something was done, not what will be.
 */
const MOMENTS: ReadonlySet<string> = new Set([
  "create_date",
  "creation_date",
  "last_accessed_date",
  "last_modified",
  "last_modified_date",
  "last_modified_time",
]);

/**
 * sha256, in hex, of what a plan does: addresses, actions, values before and after, what is unknown, what forces
 * replacement, moves, imports and outputs. Two plans of one state and one stack have the same digest, whenever and
 * wherever they were made; it holds no moment, run, version or order of theirs. Secrets are part of it, irrecoverably
 * mixed with everything else, so that a changed secret is a changed plan.
 */
export function changeDigest(plan: Plan): string {
  const resources = plan.resource_changes.filter(isChange).map(essence).map(canonical).sort();
  const outputs = Object.entries(plan.output_changes)
    .filter(([, { actions }]) => !isNoOp(actions))
    .map(([name, change]) => canonical({ output: name, ...changeEssence(change) }))
    .sort();
  return createHash("sha256").update(JSON.stringify({ resources, outputs })).digest("hex");
}

const isNoOp = (actions: readonly string[]): boolean => actions.every((action) => action === "no-op");

function isChange({ address, previous_address: previous, change }: ResourceChange): boolean {
  return !isNoOp(change.actions) || change.importing !== undefined || (previous ?? address) !== address;
}

function essence(resource: ResourceChange): Record<string, unknown> {
  const { address, previous_address: previous, deposed, change } = resource;
  return {
    address,
    previous: previous ?? address,
    deposed: deposed ?? null,
    import: change.importing ?? null,
    ...changeEssence(change),
  };
}

function changeEssence(change: PlannedChange): Record<string, unknown> {
  return {
    actions: change.actions,
    before: withoutMoments(change.before ?? null),
    after: withoutMoments(change.after ?? null),
    unknown: change.after_unknown ?? null,
    replace: (change.replace_paths ?? []).map(canonical).sort(),
  };
}

function withoutMoments(value: unknown): unknown {
  if (isList(value)) return value.map(withoutMoments);
  if (!isObject(value)) return value;
  const lasting = Object.entries(value).filter(([key, inner]) => !(MOMENTS.has(key) && typeof inner === "string"));
  return Object.fromEntries(lasting.map(([key, inner]) => [key, withoutMoments(inner)]));
}
