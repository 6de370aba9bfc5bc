import type { Gh } from "./gh";
import { closeIssue, createIssue, findIssue, updateIssue } from "./issue";
import type { MadePlan } from "./make-plan";

export interface DriftRequest {
  readonly gh: Gh;
  readonly environment: string;
  /** Page of the run that looked. */
  readonly url?: string;
}

/** What became of the environment's one issue. */
export type DriftOutcome = "none" | "opened" | "updated" | "reopened" | "closed";

/** Keeps one issue an environment: open as long as a plan of main is not empty. */
export async function reportDrift(plan: MadePlan, { gh, environment, url }: DriftRequest): Promise<DriftOutcome> {
  const title = `Drift: ${environment}`;
  const issue = await findIssue(gh, title);
  if (!plan.changes) {
    if (issue?.state !== "OPEN") return "none";
    await closeIssue(gh, issue, `The plan of main is empty again${url ? `: ${url}` : ""}.`);
    return "closed";
  }
  const body = driftBody(environment, plan.markdown, url);
  if (!issue) {
    await createIssue(gh, title, body);
    return "opened";
  }
  await updateIssue(gh, issue, body);
  return issue.state === "OPEN" ? "updated" : "reopened";
}

function driftBody(environment: string, markdown: string, url?: string): string {
  return [
    `The plan of main for \`${environment}\` is not empty. Either something was changed outside Terraform, or a change of main was never applied.`,
    "Applying main puts back what the code says; to keep what was changed, write it into the code. This issue closes by itself once the plan is empty.",
    ...(url ? [`Found by ${url}.`] : []),
    "",
    markdown,
  ].join("\n");
}
