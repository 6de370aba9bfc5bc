import { files, isCheckout, jobs, permissionsOf, reachedByPullRequests, type Rule, stepsOf, where } from "./rule";

const KNOWN = ["actions", "contents", "id-token", "issues", "pull-requests"];
const HARMLESS: readonly (readonly [string, string])[] = [["contents", "read"]];

/** What a job's token may do, and which events start it. */
export const TOKENS: readonly Rule[] = [
  {
    id: "nothing-by-default",
    why: "A job that forgets its permissions must get none, not the repository's default.",
    check: (all) =>
      files(all)
        .filter(([, { permissions }]) => JSON.stringify(permissions) !== "{}")
        .map(([file]) => file),
    breaks: [
      { file: "workflows/ci.yml", from: "permissions: {}", to: "permissions: read-all" },
      { file: "workflows/_plan.yml", from: "permissions: {}\n", to: "" },
    ],
  },
  {
    id: "permissions-by-job",
    why: "Each job states what it needs, as a list, so that a review sees every addition.",
    check: (all) => where(jobs(all).filter(({ job }) => typeof job.permissions !== "object")),
    breaks: [
      {
        file: "workflows/_plan.yml",
        from: "    permissions:\n      pull-requests: write\n",
        to: "",
      },
      {
        file: "workflows/_plan.yml",
        from: "    permissions:\n      pull-requests: write\n",
        to: "    permissions: write-all\n",
      },
    ],
  },
  {
    id: "known-permissions",
    why: "The flow needs five kinds; a sixth is a decision, not a detail.",
    check: (all) =>
      where(jobs(all).filter(({ job }) => Object.keys(permissionsOf(job)).some((kind) => !KNOWN.includes(kind)))),
    breaks: [{ file: "workflows/_drift.yml", from: "issues: write", to: "packages: write" }],
  },
  {
    id: "no-write-to-code",
    why: "What can write to the repository can write the workflows that hold the roles.",
    check: (all) =>
      where(
        jobs(all).filter(({ job }) => ["contents", "actions"].some((kind) => permissionsOf(job)[kind] === "write")),
      ),
    breaks: [{ file: "workflows/_drift.yml", from: "contents: read", to: "contents: write" }],
  },
  {
    id: "no-identity-beside-pull-request-code",
    why: "A job of a file that a pull request may change gets nothing but its own code; identity is given to called files.",
    check: (all) =>
      where(
        jobs(all).filter(
          ({ job, workflow }) => job.steps && "pull_request" in workflow.on && beyond(permissionsOf(job)).length > 0,
        ),
      ),
    breaks: [
      {
        file: "workflows/plan.yml",
        from: "    permissions:\n      contents: read\n    steps:",
        to: "    permissions:\n      contents: read\n      id-token: write\n    steps:",
      },
      {
        file: "workflows/ci.yml",
        from: "    permissions:\n      contents: read\n    steps:",
        to: "    permissions:\n      contents: read\n      pull-requests: write\n    steps:",
      },
    ],
  },
  {
    id: "writers-run-no-code",
    why: "The job that writes to a pull request checks nothing out and has no identity.",
    check: (all) =>
      where(
        jobs(all).filter(
          (placed) =>
            permissionsOf(placed.job)["pull-requests"] === "write" &&
            placed.job.steps &&
            (permissionsOf(placed.job)["id-token"] !== undefined ||
              stepsOf(placed).some(
                ({ step }) => /checkout|^\.\//.test(step.uses ?? "") || /\b(npm|npx|node)\b/.test(step.run ?? ""),
              )),
        ),
      ),
    breaks: [
      {
        file: "workflows/_plan.yml",
        from: "      pull-requests: write\n",
        to: "      pull-requests: write\n      id-token: write\n",
      },
      {
        file: "workflows/_plan.yml",
        from: '          { echo "$MARKER"; cat report/change-list.md; } > body.md',
        to: "          npx --no-install tsx report/comment.ts > body.md",
      },
    ],
  },
  {
    id: "known-events",
    why: "Events such as pull_request_target and comments run with main's rights on strangers' words.",
    check: (all) => {
      const known = ["pull_request", "merge_group", "push", "schedule", "workflow_dispatch", "workflow_call"];
      return files(all).flatMap(([file, { on }]) =>
        Object.keys(on).flatMap((event) => (known.includes(event) ? [] : [`${file}: ${event}`])),
      );
    },
    breaks: [
      { file: "workflows/plan.yml", from: "  pull_request:\n", to: "  pull_request_target:\n" },
      { file: "workflows/drift.yml", from: "  workflow_dispatch:\n", to: "  issue_comment:\n" },
    ],
  },
  {
    id: "push-of-main-only",
    why: "A branch that anybody may push must start nothing that deploys.",
    check: (all) =>
      files(all)
        .filter(([, { on }]) => "push" in on && JSON.stringify(on.push) !== '{"branches":["main"]}')
        .map(([file]) => file),
    breaks: [{ file: "workflows/apply.yml", from: "branches: [main]", to: 'branches: ["**"]' }],
  },
  {
    id: "dispatch-and-schedule-on-main",
    why: "A workflow can be started by hand on any branch, with that branch's file.",
    check: (all) =>
      where(
        jobs(all).filter(
          ({ job, workflow }) =>
            ("workflow_dispatch" in workflow.on || "push" in workflow.on) &&
            permissionsOf(job)["id-token"] === "write" &&
            !(job.if ?? "").includes("github.ref == 'refs/heads/main' &&"),
        ),
      ),
    breaks: [
      { file: "workflows/destroy.yml", from: "github.ref == 'refs/heads/main' && ", to: "" },
      {
        file: "workflows/apply.yml",
        from: "!cancelled() && github.ref == 'refs/heads/main' && vars.VOD_ACCOUNT_PROD",
        to: "!cancelled() && vars.VOD_ACCOUNT_PROD",
      },
    ],
  },
  {
    id: "forks-get-ci-only",
    why: "A fork's pull request gets no job beyond the project's check.",
    check: (all) =>
      where(
        jobs(all).filter(
          ({ file, job, workflow }) =>
            "pull_request" in workflow.on &&
            file !== "ci.yml" &&
            !(job.if ?? "").includes("github.event.pull_request.head.repo.full_name == github.repository &&"),
        ),
      ),
    breaks: [
      {
        file: "workflows/plan.yml",
        from: "github.event.pull_request.head.repo.full_name == github.repository &&",
        to: "github.event.pull_request.head.repo.full_name != '' &&",
      },
    ],
  },
  {
    id: "main-checked-out-beside-identity",
    why: "On a pull request the default checkout is the pull request's code.",
    check: (all) => {
      const reached = reachedByPullRequests(all);
      return jobs(all)
        .filter(({ file, job }) => reached.has(file) && permissionsOf(job)["id-token"] === "write")
        .flatMap(stepsOf)
        .filter(({ step }) => /^actions\/checkout@/.test(step.uses ?? "") && step.with?.ref !== "main")
        .map((place) => place.where);
    },
    breaks: [{ file: "workflows/_plan.yml", from: "          ref: main\n", to: "" }],
  },
  {
    id: "callers-code-on-main-only",
    why: "A branch can call main's own file, whose roles then meet the branch's code: such a file works for main alone.",
    check: (all) =>
      where(
        jobs(all).filter(
          (placed) =>
            "workflow_call" in placed.workflow.on &&
            stepsOf(placed).some(({ step }) => isCheckout(step) && step.with?.ref !== "main") &&
            !(placed.job.if ?? "").includes(
              placed.job.needs === undefined ? "github.ref == 'refs/heads/main'" : "needs.plan.result == 'success'",
            ),
        ),
      ),
    breaks: [
      { file: "workflows/_deploy.yml", from: "    if: github.ref == 'refs/heads/main'\n", to: "" },
      { file: "workflows/_drift.yml", from: "    if: github.ref == 'refs/heads/main'\n", to: "" },
      {
        file: "workflows/_deploy.yml",
        from: "!inputs.destroy && needs.plan.result == 'success' &&",
        to: "!inputs.destroy &&",
      },
    ],
  },
];

function beyond(permissions: Readonly<Record<string, string>>): string[] {
  return Object.entries(permissions)
    .filter(([kind, level]) => !HARMLESS.some(([known, most]) => kind === known && level === most))
    .map(([kind]) => kind);
}
