import { dependabot, dispatch, forkPullRequest, merge, pullRequest, schedule } from "./events";
import { automation } from "./read";
import { type Event, type JobRun, simulate } from "./simulate";
import { cannedSteps, type ReadyStep } from "./steps";

const all = automation();

/** What the scripts would say; a test changes some of it. */
interface Said {
  readonly changes?: string;
  readonly parity?: string;
  readonly verified?: string;
}

function run(
  file: string,
  event: Event,
  { changes = "true", parity = "match", verified = "true" }: Said = {},
): Promise<JobRun[]> {
  const outputs = ({ id }: ReadyStep): Record<string, string> | undefined => {
    if (id === "plan" || id === "destroy") return { changes, ...(id === "plan" ? { parity } : {}), digest: "d", "plan-key": "k", "plan-sha256": "s" }; // prettier-ignore
    return id === "verify" ? { verified } : id === "report" ? { "artifact-id": "1" } : undefined;
  };
  return simulate(all, file, event, cannedSteps(all, outputs));
}

const ran = (runs: readonly JobRun[]): string[] =>
  runs.filter(({ result }) => result !== "skipped").map(({ name }) => name);

test("a pull request runs the check, compares addresses, and is planned and commented on in every environment", async () => {
  expect(ran(await run("ci.yml", pullRequest()))).toEqual(["check", "addresses"]);
  const jobs = ["dev", "staging", "prod"].flatMap((name) => [`plan (${name}) / plan`, `plan (${name}) / comment`]);
  expect(ran(await run("plan.yml", pullRequest()))).toEqual(["synth", ...jobs]);
});

test("an environment that was never bootstrapped is not planned, applied or looked at", async () => {
  expect(ran(await run("plan.yml", pullRequest({ only: ["STAGING"] })))).toEqual([
    "synth",
    "plan (staging) / plan",
    "plan (staging) / comment",
  ]);
  expect(ran(await run("apply.yml", merge({ only: ["STAGING"] })))).toEqual([
    "staging / plan",
    "staging / apply",
    "staging / verify",
  ]);
  expect(ran(await run("drift.yml", schedule({ only: ["PROD"] })))).toEqual(["prod / drift"]);
  expect(ran(await run("apply.yml", merge({ only: [] })))).toEqual([]);
});

test("a fork's pull request gets the check alone, with a token that reads", async () => {
  const runs = await run("ci.yml", forkPullRequest());
  expect(ran(runs)).toEqual(["check", "addresses"]);
  for (const { permissions, environment } of runs) {
    expect(permissions).toEqual({ contents: "read" });
    expect(environment).toBeUndefined();
  }
  expect(ran(await run("plan.yml", forkPullRequest()))).toEqual([]);
});

test("Dependabot's pull request gets the check alone, since its runs have no secrets", async () => {
  expect(ran(await run("plan.yml", dependabot()))).toEqual([]);
});

test("a merge goes to dev, staging and prod, each after the one before is verified", async () => {
  const each = ["plan", "apply", "verify"];
  const jobs = ["dev", "staging", "prod"].flatMap((name) => each.map((job) => `${name} / ${job}`));
  expect(ran(await run("apply.yml", merge()))).toEqual(jobs);
});

test("an environment that nobody could verify stops the rest", async () => {
  expect(ran(await run("apply.yml", merge(), { verified: "" }))).toEqual(["dev / plan", "dev / apply", "dev / verify"]);
});

test("an environment whose reviewers say no stops the rest", async () => {
  const runs = await run("apply.yml", merge({ rejected: ["staging"] }));
  expect(ran(runs)).toEqual(["dev / plan", "dev / apply", "dev / verify", "staging / plan", "staging / apply"]);
  expect(runs.find(({ name }) => name === "staging / apply")?.result).toBe("failure");
});

test("where there is nothing to do nobody is asked, and the environment is verified all the same", async () => {
  const runs = await run("apply.yml", merge({ only: ["DEV"] }), { changes: "false", parity: "nothing to do" });
  expect(ran(runs)).toEqual(["dev / plan", "dev / verify"]);
});

test("what was not reviewed waits for a second approval before the first", async () => {
  const jobs = ["dev / plan", "dev / second-approval", "dev / apply", "dev / verify"];
  expect(ran(await run("apply.yml", merge({ only: ["DEV"] }), { parity: "mismatch" }))).toEqual(jobs);
  const refused = await run("apply.yml", merge({ rejected: ["dev-mismatch"] }), { parity: "mismatch" });
  expect(ran(refused)).toEqual(["dev / plan", "dev / second-approval"]);
});

test("an unknown word about parity applies nothing", async () => {
  expect(ran(await run("apply.yml", merge(), { parity: "" }))).toEqual(["dev / plan"]);
});

test("a destroy plans, asks twice, applies and verifies nothing", async () => {
  const destroy = dispatch({ environment: "dev", confirm: "destroy dev" });
  expect(ran(await run("destroy.yml", destroy))).toEqual([
    "destroy / plan",
    "destroy / second-approval",
    "destroy / apply",
  ]);
  const refused = dispatch({ environment: "dev", confirm: "destroy dev" }, { rejected: ["dev-mismatch"] });
  expect(ran(await run("destroy.yml", refused))).toEqual(["destroy / plan", "destroy / second-approval"]);
});

test.each(["apply.yml", "drift.yml"])("%s started by hand on a branch does nothing", async (file) => {
  expect(ran(await run(file, dispatch({}, { ref: "refs/heads/mine" })))).toEqual([]);
});

test("destroy.yml started by hand on a branch does nothing", async () => {
  const event = dispatch({ environment: "dev", confirm: "destroy dev" }, { ref: "refs/heads/mine" });
  expect(ran(await run("destroy.yml", event))).toEqual([]);
});

test.each(["_deploy.yml", "_drift.yml"])(
  "a branch that calls main's %s by a workflow of its own gets nothing",
  async (file) => {
    const permissions = { actions: "read", contents: "read", "id-token": "write", issues: "write" };
    const uses = `example-org/vod-platform/.github/workflows/${file}@main`;
    const deploy = { permissions, uses, with: { environment: "dev", account: "111111111111" } };
    const branch = {
      ...all,
      workflows: { ...all.workflows, "own.yml": { on: { pull_request: null }, jobs: { deploy } } },
    };
    const runs = await simulate(
      branch,
      "own.yml",
      pullRequest(),
      cannedSteps(all, () => ({ changes: "true", parity: "match" })),
    );
    expect(runs.length).toBeGreaterThan(0);
    expect(ran(runs)).toEqual([]);
  },
);

test("at night the long proofs run, and no pull request's comparison", async () => {
  const seen: string[] = [];
  const record = ({ name }: ReadyStep): void => void seen.push(name);
  const runs = await simulate(
    all,
    "ci.yml",
    schedule(),
    cannedSteps(all, () => undefined, record),
  );
  expect(ran(runs)).toEqual(["check"]);
  expect(seen).toContain("Prove");
  expect(seen).not.toContain("Check");
});
