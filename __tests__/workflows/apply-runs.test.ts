import { dispatch, merge, schedule } from "./events";
import { called, dev, expectNoSecretIn, ONLY_DEV, pageAddress, results, run, useCheckoutAndEdge } from "./running";
import { DESTROY_PLAN, digestOf, PLAN } from "./world";

useCheckoutAndEdge();

test("a merge whose plan was reviewed uploads, plans, applies that very file and asks the edge", async () => {
  const ran = await run("apply.yml", merge(ONLY_DEV), { reviewed: [digestOf(PLAN)] });
  expect(results(ran)).toEqual({ "dev / plan": "success", "dev / apply": "success", "dev / verify": "success" });
  expect(ran.roles.map((role) => role.replace(/arn.*\//, ""))).toEqual([
    "dev / plan: vod-upload-dev",
    "dev / plan: vod-plan-dev",
    "dev / apply: vod-apply-dev",
    "dev / verify: vod-plan-dev",
  ]);
  const [saved] = called(ran, "aws").filter((args) => args.includes("put-object") && args.includes(".tfplan"));
  const key = /--key (\S+)/.exec(saved ?? "")?.[1];
  expect(called(ran, "aws").filter((args) => args.includes("get-object") && args.includes(String(key)))).toHaveLength(
    1,
  );
  expect(called(ran, "terraform").filter((args) => args.startsWith("apply"))).toHaveLength(1);
  expect(ran.jobs.find(({ name }) => name === "dev / verify")?.outputs).toEqual({ verified: "true" });
  expect(ran.summary).toContain("aws_sns_topic.operators");
  expectNoSecretIn(ran);
});

test("what was not reviewed is applied once the second approval is given, and its digest is named", async () => {
  const ran = await run("apply.yml", merge(ONLY_DEV), { reviewed: ["another"] });
  expect(results(ran)).toMatchObject({
    "dev / second-approval": "success",
    "dev / apply": "success",
    "dev / verify": "success",
  });
  expect(ran.log).toContain(
    "::warning::Not what was reviewed: whoever approves dev-mismatch approves the change list of this run",
  );
});

test("a second approval that nobody could have given stops the apply", async () => {
  const ran = await run("apply.yml", merge(ONLY_DEV), { reviewers: false });
  expect(results(ran)).toEqual({ "dev / plan": "success", "dev / second-approval": "failure" });
  expect(ran.log).toContain(
    "::error::the environment dev-mismatch has no required reviewers, so nobody approved: add them",
  );
});

test("where there is nothing to do nothing is applied", async () => {
  const ran = await run("apply.yml", merge(ONLY_DEV), { planStatus: 0 });
  expect(results(ran)).toEqual({ "dev / plan": "success", "dev / verify": "success" });
});

test("an edge that does not answer as it should is not verified", async () => {
  const ran = await run("apply.yml", merge(ONLY_DEV), {
    planStatus: 0,
    app: pageAddress().replace("/app/", "/other/app/").replace(/:\d+/, ":1"),
  });
  expect(results(ran)).toEqual({ "dev / plan": "success", "dev / verify": "failure" });
  expect(ran.log).toContain("the next environment waits");
});

test("an account that the repository's variable does not name gets no role", async () => {
  const event = merge(ONLY_DEV);
  const ran = await run("apply.yml", { ...event, vars: { VOD_ACCOUNT_DEV: "999999999999" } });
  expect(ran.roles).toEqual([]);
  expect(ran.log).toContain(
    `::error::environments/dev.json names account ${dev.account}, the repository variable VOD_ACCOUNT_DEV names 999999999999: make them equal`,
  );
});

test("drift opens the environment's issue", async () => {
  const ran = await run("drift.yml", schedule(ONLY_DEV));
  expect(results(ran)).toEqual({ "dev / drift": "success" });
  expect(called(ran, "gh").at(-1)).toMatch(/^issue create --repo example-org\/vod-platform --title Drift: dev/);
  expectNoSecretIn(ran);
});

test("a destroy that is not typed in full is refused before anything is planned", async () => {
  const ran = await run("destroy.yml", dispatch({ environment: "dev", confirm: "yes" }, ONLY_DEV), {
    plan: DESTROY_PLAN,
  });
  expect(results(ran)).toEqual({ "destroy / plan": "failure" });
  expect(called(ran, "terraform")).toEqual([]);
});

test("a destroy that is typed and approved applies the plan that destroys", async () => {
  const ran = await run("destroy.yml", dispatch({ environment: "dev", confirm: "destroy dev" }, ONLY_DEV), {
    plan: DESTROY_PLAN,
  });
  expect(results(ran)).toEqual({
    "destroy / plan": "success",
    "destroy / second-approval": "success",
    "destroy / apply": "success",
  });
  expect(called(ran, "terraform").some((args) => /^plan .*-destroy/.test(args))).toBe(true);
  expectNoSecretIn(ran);
});
