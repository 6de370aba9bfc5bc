import { placesOf } from "../../script/gitops/places";
import { pullRequest } from "./events";
import { called, dev, expectNoSecretIn, main, ONLY_DEV, results, run, useCheckoutAndEdge } from "./running";
import type { WorkflowRun } from "./shell";
import { digestOf, PLAN } from "./world";

useCheckoutAndEdge();

describe("a pull request", () => {
  let ran: WorkflowRun;
  beforeAll(async () => {
    ran = await run("plan.yml", pullRequest(ONLY_DEV));
  });

  test("is planned with the plan role, its review kept with the upload role, and the comment written", () => {
    expect(ran.log).not.toMatch(/error/);
    expect(results(ran)).toEqual({
      synth: "success",
      "plan (dev) / plan": "success",
      "plan (dev) / comment": "success",
    });
    expect(ran.roles).toEqual([
      `plan (dev) / plan: arn:aws:iam::${dev.account}:role/vod-plan-dev`,
      `plan (dev) / plan: arn:aws:iam::${dev.account}:role/vod-upload-dev`,
    ]);
    expect(called(ran, "terraform").map((args) => args.split(" ")[0])).toEqual(["init", "plan", "show"]);
    expect(called(ran, "aws")).toEqual([
      expect.stringMatching(
        new RegExp(
          `^s3api put-object --bucket ${placesOf(dev).artifactsBucket} --key plans/dev/7433\\w+/${digestOf(PLAN)}\\.json .*--if-none-match \\*`,
        ),
      ),
    ]);
    expect(called(ran, "gh").at(-1)).toBe(
      "api --silent --method POST repos/example-org/vod-platform/issues/12/comments --field body=@body.md",
    );
    expect(ran.files["body.md"]).toMatch(/^<!-- vod-plan: dev -->\n/);
    expect(ran.files["body.md"]).toContain("aws_sns_topic.operators");
    expectNoSecretIn(ran);
  });

  test("gives the secrets to Terraform's plan alone, and no credential to anything before the gate", () => {
    const knows = (name: RegExp) => ran.calls.filter(({ env }) => env.some((variable) => name.test(variable)));
    expect(new Set(knows(/^TF_VAR_/).map(({ step, program }) => `${step}: ${program}`))).toEqual(
      new Set(["Plan: terraform"]),
    );
    const firstRole = ran.calls.findIndex(({ env }) => env.includes("AWS_SESSION_TOKEN"));
    expect(ran.calls.slice(0, firstRole).some(({ program }) => program === "terraform" || program === "aws")).toBe(
      false,
    );
    expect(new Set(knows(/^AWS_SESSION_TOKEN$/).map(({ job }) => job))).toEqual(new Set(["plan (dev) / plan"]));
  });
});

test("a second plan rewrites the comment of the first", async () => {
  const ran = await run("plan.yml", pullRequest(ONLY_DEV), { comment: "77\n78\n" });
  expect(called(ran, "gh").at(-1)).toBe(
    "api --silent --method PATCH repos/example-org/vod-platform/issues/comments/77 --field body=@body.md",
  );
});

test("a pull request whose stack reads a file is stopped by the gate, before there is a role", async () => {
  const head = JSON.stringify({ ...JSON.parse(main), output: { loot: { value: '${file("/etc/passwd")}' } } });
  const ran = await run("plan.yml", pullRequest(ONLY_DEV), { head });
  expect(results(ran)).toEqual({ synth: "success", "plan (dev) / plan": "failure" });
  expect(ran.roles).toEqual([]);
  expect(called(ran, "terraform")).toEqual([]);
  expect(ran.log).toContain("file(");
});
