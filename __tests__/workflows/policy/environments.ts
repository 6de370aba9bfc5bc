import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { calledFile, listed, ROOT } from "../read";
import { jobs, permissionsOf, type PlacedJob, roleOf, type Rule, stepsOf, where } from "./rule";

const ORDER = ["dev", "staging", "prod"] as const;
const CALLED = ["_deploy.yml", "_drift.yml"];

/** Jobs that call a workflow which works on an environment's state. */
const statefulCalls = (all: Parameters<Rule["check"]>[0]): PlacedJob[] =>
  jobs(all).filter(({ job }) => job.uses !== undefined && CALLED.includes(calledFile(job.uses)));

const takers = (all: Parameters<Rule["check"]>[0], roles: readonly string[]): PlacedJob[] =>
  jobs(all).filter((placed) => stepsOf(placed).some(({ step }) => roles.includes(roleOf(step) ?? "")));

/** Who works on which environment, after whom, with whose leave. */
export const ENVIRONMENTS: readonly Rule[] = [
  {
    id: "plans-give-way",
    why: "Only the newest plan of a pull request is of use.",
    check: ({ workflows }) => {
      const { concurrency } = workflows["plan.yml"] ?? {};
      const group = "plan-${{ github.event.pull_request.number }}";
      return concurrency?.group === group && concurrency["cancel-in-progress"] === true ? [] : ["plan.yml"];
    },
    breaks: [
      { file: "workflows/plan.yml", from: "cancel-in-progress: true", to: "cancel-in-progress: false" },
      { file: "workflows/plan.yml", from: "group: plan-${{ github.event.pull_request.number }}", to: "group: plan" },
    ],
  },
  {
    id: "one-at-a-time-and-never-cancelled",
    why: "An apply that is cut off leaves a lock and half a change; one that waits must not lose its place to a look for drift.",
    check: (all) =>
      where(
        statefulCalls(all).filter(({ job }) => {
          const { group, queue, "cancel-in-progress": cancel } = job.concurrency ?? {};
          return group !== `tf-${job.with?.environment}` || cancel !== false || queue !== "max";
        }),
      ),
    breaks: [
      { file: "workflows/apply.yml", from: "cancel-in-progress: false", to: "cancel-in-progress: true" },
      { file: "workflows/drift.yml", from: "      queue: max\n", to: "" },
      { file: "workflows/drift.yml", from: "group: tf-prod", to: "group: tf-drift-prod" },
      { file: "workflows/destroy.yml", from: "group: tf-${{ inputs.environment }}", to: "group: destroy" },
    ],
  },
  {
    id: "no-hidden-cancelling",
    why: "Above the environment's queue no workflow that deploys may be cancelled either.",
    check: ({ workflows }) =>
      ["apply.yml", "drift.yml", "destroy.yml", "_deploy.yml", "_drift.yml"].filter(
        (file) => workflows[file]?.concurrency,
      ),
    breaks: [
      {
        file: "workflows/apply.yml",
        from: "permissions: {}\n",
        to: "permissions: {}\n\nconcurrency:\n  group: apply\n  cancel-in-progress: true\n",
      },
    ],
  },
  {
    id: "dev-staging-prod",
    why: "An environment begins only when each one before it is verified, or was never bootstrapped.",
    check: ({ workflows }) =>
      ORDER.flatMap((environment, index) => {
        const { needs, if: condition = "" } = workflows["apply.yml"]?.jobs[environment] ?? {};
        return ORDER.slice(0, index)
          .filter((before) => {
            const clause = `(vars.VOD_ACCOUNT_${before.toUpperCase()} == '' || needs.${before}.outputs.verified == 'true')`;
            return !listed(needs).includes(before) || !condition.includes(clause);
          })
          .map((before) => `apply.yml ${environment} does not wait for ${before}`);
      }),
    breaks: [
      { file: "workflows/apply.yml", from: "needs: [dev, staging]", to: "needs: dev" },
      {
        file: "workflows/apply.yml",
        from: "needs.staging.outputs.verified == 'true'",
        to: "needs.staging.result != 'failure'",
      },
    ],
  },
  {
    id: "verified-means-asked",
    why: "The word that lets the next environment begin is said by the job that asked the edge, after it was answered.",
    check: ({ workflows }) => {
      const { outputs, steps: all = [] } = workflows["_deploy.yml"]?.jobs.verify ?? {};
      const run = all.find(({ id }) => id === "verify")?.run ?? "";
      const asked = run.indexOf("cli.ts verify --env");
      const fromStep = outputs?.verified === "${{ steps.verify.outputs.verified }}";
      return fromStep && asked >= 0 && asked < run.indexOf("verified=true") ? [] : ["_deploy.yml verify"];
    },
    breaks: [
      {
        file: "workflows/_deploy.yml",
        from: '          npx --no-install tsx script/gitops/cli.ts verify --env "$ENVIRONMENT"\n',
        to: "",
      },
      { file: "workflows/_deploy.yml", from: "verified: ${{ steps.verify.outputs.verified }}", to: "verified: true" },
    ],
  },
  {
    id: "apply-behind-the-environment",
    why: "The role that changes is taken on where the environment's reviewers were asked, and nowhere else.",
    check: (all) => where(takers(all, ["apply"]).filter(({ job }) => job.environment !== "${{ inputs.environment }}")),
    breaks: [
      {
        file: "workflows/_deploy.yml",
        from: "    timeout-minutes: 60\n    environment: ${{ inputs.environment }}\n",
        to: "    timeout-minutes: 60\n    environment: ${{ inputs.environment }}-plan\n",
      },
      { file: "workflows/_plan.yml", from: "role: upload", to: "role: apply" },
    ],
  },
  {
    id: "readers-beside-the-environment",
    why: "Plan and upload run in an environment of their own, which asks nobody and is trusted with less.",
    check: (all) =>
      where(takers(all, ["plan", "upload"]).filter(({ job }) => job.environment !== "${{ inputs.environment }}-plan")),
    breaks: [
      {
        file: "workflows/_drift.yml",
        from: "    environment: ${{ inputs.environment }}-plan\n",
        to: "    environment: ${{ inputs.environment }}\n",
      },
    ],
  },
  {
    id: "identity-is-used",
    why: "A job with an identity takes on a role, and a job that takes on a role has an environment.",
    check: (all) =>
      where(
        jobs(all).filter((placed) => {
          const taken = stepsOf(placed).some(({ step }) => roleOf(step) !== undefined);
          const identity = permissionsOf(placed.job)["id-token"] === "write";
          return placed.job.steps && (taken !== identity || (taken && !placed.job.environment));
        }),
      ),
    breaks: [
      { file: "workflows/_drift.yml", from: "    environment: ${{ inputs.environment }}-plan\n", to: "" },
      {
        file: "workflows/_plan.yml",
        from: "      contents: read\n      id-token: write\n    outputs:",
        to: "      contents: read\n    outputs:",
      },
    ],
  },
  {
    id: "a-mismatch-asks-a-person",
    why: "What nobody reviewed, and every destroy, waits for a second approval by a reviewer who must exist.",
    check: ({ workflows }) => {
      const { "second-approval": second, apply } = workflows["_deploy.yml"]?.jobs ?? {};
      const asks = second?.environment === "${{ inputs.environment }}-mismatch";
      const when =
        "needs.plan.outputs.changes == 'true' && (inputs.destroy || needs.plan.outputs.parity == 'mismatch')";
      const checked = second?.steps?.some(({ run }) => run?.includes("required_reviewers"));
      const waits = listed(apply?.needs).includes("second-approval");
      const clause =
        "(needs.second-approval.result == 'success' || (!inputs.destroy && needs.plan.outputs.parity == 'match'))";
      return asks && second.if === when && checked && waits && apply?.if?.includes(clause) ? [] : ["_deploy.yml"];
    },
    breaks: [
      { file: "workflows/_deploy.yml", from: "    environment: ${{ inputs.environment }}-mismatch\n", to: "" },
      {
        file: "workflows/_deploy.yml",
        from: "(inputs.destroy || needs.plan.outputs.parity == 'mismatch')",
        to: "needs.plan.outputs.parity == 'mismatch'",
      },
      {
        file: "workflows/_deploy.yml",
        from: "(!inputs.destroy && needs.plan.outputs.parity == 'match')",
        to: "needs.plan.outputs.parity == 'match'",
      },
      { file: "workflows/_deploy.yml", from: '!= *" required_reviewers "*', to: '!= *" wait_timer "*' },
    ],
  },
  {
    id: "exactly-the-plan",
    why: "Apply gets the key and the SHA-256 of the plan that was made, and plans nothing itself.",
    check: ({ workflows }) => {
      const runs = (workflows["_deploy.yml"]?.jobs.apply?.steps ?? []).map(({ run = "" }) => run).join("\n");
      const exact = runs.includes('--plan-key "$PLAN_KEY" --plan-sha256 "$PLAN_SHA256"');
      return exact && !/cli\.ts (plan|destroy)\b/.test(runs) ? [] : ["_deploy.yml apply"];
    },
    breaks: [{ file: "workflows/_deploy.yml", from: ' --plan-sha256 "$PLAN_SHA256"', to: "" }],
  },
  {
    id: "planned-by-mains-file",
    why: "A pull request may rewrite plan.yml; what it calls by the whole name at main it cannot.",
    check: ({ workflows }) => {
      const file = join(ROOT, "environments", "dev.json");
      const { repository } = JSON.parse(existsSync(file) ? readFileSync(file, "utf8") : "{}") as {
        repository?: { owner: string; name: string };
      };
      const { owner = "", name = "" } = repository ?? {};
      const wanted = `${owner}/${name}/.github/workflows/_plan.yml@main`;
      return workflows["plan.yml"]?.jobs.plan?.uses === wanted ? [] : [`plan.yml plan must say uses: ${wanted}`];
    },
    breaks: [
      {
        file: "workflows/plan.yml",
        from: "/.github/workflows/_plan.yml@main",
        to: "/.github/workflows/_plan.yml@mine",
      },
    ],
  },
];
