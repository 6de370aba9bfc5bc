import { dispatch, forkPullRequest, merge, pullRequest, schedule } from "./events";
import type { Automation } from "./read";
import { type Event, type JobRun, simulate } from "./simulate";
import { cannedSteps, type ReadyStep } from "./steps";

interface Case {
  readonly title: string;
  readonly event: Event;
  /** The plan is not the one that was reviewed. */
  readonly mismatch?: boolean;
}

/** Every way a workflow starts, with what the scripts say on it. One environment stands for the three. */
const CASES: readonly Case[] = [
  { title: "Pull request", event: pullRequest() },
  { title: "Pull request of a fork", event: forkPullRequest() },
  { title: "Merge, as it was reviewed", event: merge() },
  { title: "Merge, not as it was reviewed", event: merge({ only: ["DEV"] }), mismatch: true },
  { title: "Schedule", event: schedule() },
  { title: "By hand: destroy", event: dispatch({ environment: "dev", confirm: "destroy dev" }) },
  { title: "By hand: apply, drift", event: dispatch() },
];

const HEADER = ["workflow", "job", "environment", "token", "AWS role", "secrets"];

/** The page that shows which jobs run with which permissions, made from the workflows themselves. */
export async function workflowsPage(all: Automation): Promise<string> {
  const sections = [];
  for (const { title, event, mismatch } of CASES) {
    const rows = (await Promise.all(started(all, event).map((file) => rowsOf(all, file, event, mismatch)))).flat();
    sections.push(`## ${title}\n\n${table([HEADER, ...rows])}`);
  }
  return `${INTRODUCTION}\n\n${sections.join("\n\n")}\n`;
}

/** A workflow that is started by hand is started with the inputs that it asks for. */
function started({ workflows }: Automation, { name, inputs }: Event): string[] {
  return Object.entries(workflows)
    .filter(([, { on }]) => name in on)
    .filter(
      ([, { on }]) =>
        name !== "workflow_dispatch" || Boolean(on.workflow_dispatch?.inputs) === Object.keys(inputs ?? {}).length > 0,
    )
    .map(([file]) => file);
}

async function rowsOf(all: Automation, file: string, event: Event, mismatch = false): Promise<string[][]> {
  const roles = new Map<string, string[]>();
  const secrets = new Map<string, Set<string>>();
  const see = ({ job: { name }, uses, with: given, env }: ReadyStep): void => {
    if (uses === "aws-actions/configure-aws-credentials")
      roles.set(name, [...(roles.get(name) ?? []), roleName(given["role-to-assume"])]);
    const held = Object.keys(env).filter((variable) => variable.startsWith("TF_VAR_"));
    secrets.set(name, new Set([...(secrets.get(name) ?? []), ...held]));
  };
  const say = ({ id }: ReadyStep): Record<string, string> | undefined => {
    const plan = { changes: "true", digest: "d", "plan-key": "k", "plan-sha256": "s" };
    if (id === "plan") return { ...plan, parity: mismatch ? "mismatch" : "match" };
    return id === "destroy" ? plan : id === "verify" ? { verified: "true" } : undefined;
  };
  const runs = await simulate(all, file, event, cannedSteps(all, say, see));
  const rows = runs
    .filter(({ result, name }) => result !== "skipped" && stands(name))
    .map((run) => [
      file,
      run.name.replace("dev", "ENV"),
      run.environment?.replace("dev", "ENV") ?? "",
      tokenOf(run),
      (roles.get(run.name) ?? []).map((role) => `\`${role.replace("dev", "ENV")}\``).join(", then "),
      [...(secrets.get(run.name) ?? [])].map((name) => `\`${name}\``).join(", "),
    ]);
  return rows.length > 0 ? rows : [[file, "nothing runs", "", "", "", ""]];
}

/** Jobs of staging and prod are as those of dev. */
const stands = (name: string): boolean => !/\b(staging|prod)\b/.test(name);

const roleName = (arn = ""): string => arn.replace(/^.*:role\//, "");

function tokenOf({ permissions }: JobRun): string {
  return Object.entries(permissions).sort().map(([kind, level]) => `${kind}: ${level}`).join(", "); // prettier-ignore
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = HEADER.map((_, column) => Math.max(3, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  const [header = [], ...body] = rows;
  return [line(header), line(widths.map((width) => "-".repeat(width))), ...body.map(line)].join("\n");
}

const INTRODUCTION = `# Which job may do what

Made from [the workflows](../.github/workflows) by [a test](../__tests__/workflows/table.test.ts) that follows each event through them; it fails when this page is not what they say (\`UPDATE_DOCS=1 npx jest __tests__/workflows/table\` writes it anew). What the steps do: [gitops.md](gitops.md).

\`ENV\` stands for dev, staging and prod, in that order at a merge, each after the one before is verified; an environment without its variable \`VOD_ACCOUNT_<ENV>\` is left out. \`token\` is what the job's \`GITHUB_TOKEN\` may do; \`id-token: write\` lets it ask for the AWS role beside it. A role trusts the workflow file at \`refs/heads/main\` and the environment, so a branch that rewrites \`plan.yml\` gets none; files that run their caller's code are trusted for \`main\` alone, so a branch that calls them gets none either.

- Code of a pull request runs in \`check\`, \`addresses\` and \`synth\` alone.
- \`ENV-plan\` holds the two secrets that Terraform needs, and asks nobody. Whoever may push a branch to this repository can rewrite the workflows that run on it, and so read the secrets of an environment that asks nobody: give \`ENV-plan\` required reviewers where that is too much. Forks cannot.
- \`ENV\` is where the reviewers of an apply are asked. \`ENV-mismatch\` must have required reviewers: the job fails where it has none.`;
