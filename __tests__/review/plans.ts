import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plan, PlannedChange, ResourceChange } from "../../review/plan";

/** Text of a recorded `terraform show -json`: `__tests__/fixtures/plans/generate.ts` makes them. */
export const recorded = (name: string): string =>
  readFileSync(join(__dirname, "..", "fixtures", "plans", `${name}.json`), "utf8");

/** A change of a resource with what a test says of it. */
export function resourceChange(address: string, change: Partial<PlannedChange>, more: object = {}): ResourceChange {
  const [type = "", name = ""] = address.split(".");
  return { address, mode: "managed", type, name, change: { actions: ["update"], ...change }, ...more };
}

export const planOf = (...resources: ResourceChange[]): Plan => ({
  format_version: "1.2",
  resource_changes: resources,
  output_changes: {},
  resource_drift: [],
});
