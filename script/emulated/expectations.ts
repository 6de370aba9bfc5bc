import type { Inventory } from "../../emulator/inventory";
import { added } from "../../emulator/inventory";
import type { CallRecord } from "../../local/gateway/call-log";
import type { StateDocument } from "../../local/terraform/applied";
import { changesOf, describeChanges, type Plan } from "./terraform";

/**
 * What the emulated account cannot read back, so that a second plan wants to change it: the address, and why. It is
 * empty, and whatever is added must say which emulator forgets what.
 */
export const UNREADABLE: Readonly<Record<string, string>> = {};

/** What a destroy leaves, and why. */
export const LINGERING: readonly (readonly [entry: RegExp, reason: string])[] = [
  [
    /^kms: keys(?: in [\w-]+)?: .+, PendingDeletion$/,
    "a key is deleted 30 days after it was asked for (deletion_window_in_days)",
  ],
  [/^secretsmanager: secrets, deleted ones too: /, "a secret can be restored for 30 days (recovery_window_in_days)"],
  [
    /^kms: (keys(?: in [\w-]+)?: Default key, Enabled|aliases(?: in [\w-]+)?: alias\/aws\/)/,
    "the account's own default key, which moto makes late",
  ],
];

/** @throws when a plan would change anything but what is known to be unreadable. */
export function expectNoChanges(plan: Plan): string[] {
  const unexpected = changesOf(plan).filter(({ address }) => !(address in UNREADABLE));
  if (unexpected.length > 0) throw new Error(`there must be no changes, got:\n${describeChanges(plan).join("\n")}`);
  const excused = changesOf(plan).map(({ address }) => `${address}: ${UNREADABLE[address]}`);
  return [excused.length === 0 ? "no changes" : "no changes but what cannot be read back", ...excused];
}

/** @throws when a plan does not consist of these changes, in any order: `update aws_sqs_queue.a: delay_seconds`. */
export function expectChanges(plan: Plan, expected: readonly string[]): string[] {
  const found = describeChanges(plan).sort();
  if (JSON.stringify(found) === JSON.stringify([...expected].sort())) return found;
  throw new Error(`the plan must be\n${expected.join("\n")}\ngot\n${found.join("\n")}`);
}

/** @throws when a plan does not move what stood at these addresses. */
export function expectMoves(plan: Plan, from: readonly string[]): string[] {
  const moves = (plan.resource_changes ?? []).filter(({ previous_address }) => previous_address !== undefined);
  const found = moves.map(({ previous_address }) => previous_address ?? "");
  if (JSON.stringify(found.sort()) !== JSON.stringify([...from].sort())) {
    throw new Error(`the plan must move ${from.join(", ")}, got ${found.join(", ") || "none"}`);
  }
  return moves.map(({ address, previous_address }) => `${previous_address} moves to ${address}`);
}

/** @throws when something that takes tags stands without one of these. */
export function expectTags(standing: StateDocument, expected: Readonly<Record<string, string>>): string[] {
  const resources = standing.values?.root_module?.resources ?? [];
  const taggable = resources.filter(({ values }) => values.tags_all !== undefined);
  const lacking = taggable.flatMap(({ address, values }) => {
    const tags = (values.tags_all ?? {}) as Readonly<Record<string, string>>;
    const missing = Object.keys(expected).filter((name) => tags[name] !== expected[name]);
    return missing.length > 0 ? [`${address}: ${missing.join(", ")}`] : [];
  });
  if (lacking.length > 0) throw new Error(`everything must be tagged, got none of these tags:\n${lacking.join("\n")}`);
  return [`${taggable.length} of ${resources.length} resources take tags and have ${Object.keys(expected).join(", ")}`];
}

/** @throws when the policies that were applied, or the boundary, refused a call of the platform to itself. */
export function expectNoneRefused(calls: readonly CallRecord[]): string[] {
  const refused = calls.filter(({ allowed }) => !allowed);
  const lines = refused.map(({ caller, action, resource, reason }) => `${caller}: ${action} on ${resource} ${reason}`);
  if (refused.length > 0) throw new Error(`no call may be refused, got:\n${[...new Set(lines)].join("\n")}`);
  return [`${calls.length} calls allowed by the policies and the boundary that were applied`];
}

/** @throws when a command succeeds, or fails for other reasons than these. */
export async function expectRefusal(command: Promise<unknown>, reasons: readonly RegExp[]): Promise<string[]> {
  const said = await command.then(
    () => undefined,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
  if (said === undefined) throw new Error(`must be refused, got success; reasons: ${reasons.join(", ")}`);
  const flat = said.replaceAll(/\s+/g, " ");
  const missing = reasons.filter((reason) => !reason.test(flat));
  if (missing.length > 0) throw new Error(`must be refused for ${missing.join(", ")}, got:\n${said}`);
  const errors = [...said.matchAll(/Error: /g)].length;
  if (errors > reasons.length) throw new Error(`must be refused for ${reasons.length} reasons, got:\n${said}`);
  return reasons.map((reason) => `refused: ${reason.exec(flat)?.[0] ?? ""}`);
}

/** @throws when something is left that AWS would not keep. */
export function expectNothingLeft(before: Inventory, after: Inventory): string[] {
  const reasonFor = (entry: string): string | undefined => LINGERING.find(([pattern]) => pattern.test(entry))?.[1];
  const left = added(before, after);
  const unexplained = left.filter((entry) => reasonFor(entry) === undefined);
  if (unexplained.length > 0) throw new Error(`nothing must be left, got:\n${unexplained.join("\n")}`);
  const reasons = [...new Set(left.map((entry) => reasonFor(entry) ?? ""))];
  return reasons.map((reason) => `${left.filter((entry) => reasonFor(entry) === reason).length} linger: ${reason}`);
}
