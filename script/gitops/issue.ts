import type { Gh } from "./gh";

export interface Issue {
  readonly number: number;
  readonly title: string;
  readonly state: "OPEN" | "CLOSED";
}

export const DRIFT_LABEL = "drift";

/** The issue of this title and label, the first that was made; listed and not searched, since the search lags. */
export async function findIssue(gh: Gh, title: string): Promise<Issue | undefined> {
  const fields = ["--json", "number,title,state", "--limit", "1000"];
  const answer = await gh([
    "issue",
    "list",
    "--repo",
    gh.repository,
    "--label",
    DRIFT_LABEL,
    "--state",
    "all",
    ...fields,
  ]);
  const issues = (JSON.parse(answer) as Issue[]).filter((issue) => issue.title === title);
  return issues.sort((one, other) => one.number - other.number)[0];
}

export async function createIssue(gh: Gh, title: string, body: string): Promise<void> {
  const description = "Terraform's plan of main is not empty";
  await gh(["label", "create", DRIFT_LABEL, "--repo", gh.repository, "--force", "--description", description]);
  const args = ["--repo", gh.repository, "--title", title, "--label", DRIFT_LABEL, "--body-file", "-"];
  await gh(["issue", "create", ...args], body);
}

export async function updateIssue(gh: Gh, { number, state }: Issue, body: string): Promise<void> {
  const issue = String(number);
  if (state === "CLOSED") await gh(["issue", "reopen", issue, "--repo", gh.repository]);
  await gh(["issue", "edit", issue, "--repo", gh.repository, "--body-file", "-"], body);
}

export async function closeIssue(gh: Gh, { number }: Issue, comment: string): Promise<void> {
  await gh(["issue", "close", String(number), "--repo", gh.repository, "--comment", comment]);
}
