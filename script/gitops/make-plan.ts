import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { report } from "../../review/report";
import { codeDriftMarkdown, codeDriftOf } from "./code-drift";
import { type PlanSummary, summarise } from "./reviewed-plan";
import type { Terraform } from "./terraform";

export interface PlanInputs {
  readonly terraform: Terraform;
  /** Terraform's folder, as `makeWorkdir` made it. */
  readonly folder: string;
  readonly destroy?: boolean;
}

export interface MadePlan {
  /** Whether applying it would do anything, to outputs and to functions' code too. */
  readonly changes: boolean;
  readonly summary: PlanSummary;
  /** The report, fit for a comment: no secret is in it. */
  readonly markdown: string;
  /** The saved plan. It holds secrets in clear. */
  readonly file: string;
}

const PLAN_FILE = "tfplan";

/** Plans, lets `use` work with what was found, and leaves no plan file behind. */
export async function withPlan<T>(inputs: PlanInputs, use: (plan: MadePlan) => Promise<T>): Promise<T> {
  const { terraform, folder, destroy } = inputs;
  const file = join(folder, PLAN_FILE);
  try {
    await terraform.init();
    const { changes } = await terraform.plan({ out: PLAN_FILE, destroy });
    const json = await terraform.show(PLAN_FILE);
    const stack = readFileSync(join(folder, "cdk.tf.json"), "utf8");
    const code = codeDriftOf(json);
    const markdown = codeDriftMarkdown(code) + report({ plan: json, stack });
    return await use({ changes: changes || code.length > 0, summary: summarise(json), markdown, file });
  } finally {
    rmSync(file, { force: true });
  }
}
