import { changeListMarkdown } from "./change-list";
import { changesOf, driftOf, KINDS, outputChangesOf } from "./changes";
import { constructPaths } from "./construct-paths";
import { changeDigest } from "./digest";
import { readPlan } from "./plan";

export const FORMATS = ["md", "json"] as const;
export type Format = (typeof FORMATS)[number];

export interface ReportInput {
  /** Text of `terraform show -json`. */
  readonly plan: string;
  /** Text of the synthesised stack, for construct paths and its name. */
  readonly stack?: string;
  readonly title?: string;
  readonly format?: Format;
}

/**
 * What a reader gets of a plan. The same plan gives the same text.
 * @throws {PlanError} when the plan cannot be read or must not be judged.
 */
export function report({ plan: text, stack, title, format = "md" }: ReportInput): string {
  const plan = readPlan(text);
  const paths = stack === undefined ? undefined : constructPaths(stack);
  const name = title ?? (paths && [...paths.values()][0]?.split("/")[0]) ?? "plan";
  const changes = changesOf(plan, paths);
  const outputs = outputChangesOf(plan);
  const drift = driftOf(plan, paths);
  if (format === "md") return changeListMarkdown({ title: name, changes, outputs, drift });
  const counts = Object.fromEntries(
    KINDS.map((kind) => [kind, changes.filter((change) => change.kind === kind).length]),
  );
  return `${JSON.stringify({ format: 1, title: name, digest: changeDigest(plan), counts, changes, outputs, drift }, null, 2)}\n`;
}
