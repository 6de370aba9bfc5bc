import { cpSync, mkdtempSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readArguments } from "../../script/gitops/cli-options";
import { placesOf } from "../../script/gitops/places";
import { environment } from "../support/synthesised";
import { dispatch, merge, pullRequest, schedule, SECRETS } from "./events";
import { automation } from "./read";
import { runInShell, type WorkflowRun } from "./shell";
import type { Event } from "./simulate";
import {
  answers,
  builtCheckout,
  DESTROY_PLAN,
  digestOf,
  PLAN,
  type Said,
  smallStack,
  STACK_FILE,
  write,
} from "./world";

const ONLY_DEV = { only: ["DEV"] } as const;
const all = automation();
const dev = environment("dev");
const main = smallStack();
/** What a checkout has once it is built. */
let built: string;
let edge: Server;
let app: string;

jest.setTimeout(60_000);

beforeAll(async () => {
  built = builtCheckout(main);
  const status: Record<string, number> = { "/app/": 200, "/v1/probe/index.m3u8": 403, "/api/titles": 401 };
  edge = createServer(({ url = "" }, answer) => answer.writeHead(status[url] ?? 500).end());
  await new Promise<void>((listening) => edge.listen(0, "127.0.0.1", listening));
  app = `http://127.0.0.1:${(edge.address() as AddressInfo).port}/app/`;
});

afterAll(() => new Promise((closed) => edge.close(closed)));

interface Given extends Said {
  /** The pull request's stack of dev. */
  readonly head?: string;
}

function run(file: string, event: Event, { head = main, ...said }: Given = {}): Promise<WorkflowRun> {
  return runInShell(file, {
    automation: all,
    event,
    folder: mkdtempSync(join(tmpdir(), "vod-workflow-run-")),
    answers: answers({ app, mainCheckout: built, ...said }),
    keep: ["body.md"],
    checkout(workspace, ref) {
      cpSync(built, workspace, { recursive: true, verbatimSymlinks: true });
      if (event.name === "pull_request" && ref !== "main") write(workspace, STACK_FILE, head);
    },
  });
}

const results = ({ jobs }: WorkflowRun): Record<string, string> =>
  Object.fromEntries(jobs.filter(({ result }) => result !== "skipped").map(({ name, result }) => [name, result]));

const called = (ran: WorkflowRun, program: string): string[] =>
  ran.calls.filter((call) => call.program === program).map(({ args }) => args.join(" "));

function expectNoSecretIn(ran: WorkflowRun): void {
  const shown = JSON.stringify([
    ran.log,
    ran.summary,
    ran.files,
    ran.jobs,
    ran.calls.map(({ args, input }) => [args, input]),
  ]);
  for (const secret of Object.values(SECRETS)) expect(shown).not.toContain(secret);
}

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
    app: app.replace("/app/", "/other/app/").replace(/:\d+/, ":1"),
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

test("CI fetches the locked provider and runs the project's one check; nothing in it holds anything", async () => {
  const ran = await run("ci.yml", pullRequest(ONLY_DEV));
  expect(results(ran)).toEqual({ check: "success", addresses: "success" });
  const [mirror] = called(ran, "terraform");
  expect(mirror).toMatch(/^-chdir=\S+\/provider providers mirror -platform=linux_amd64 \S+\/mirror$/);
  expect(ran.log).toMatch(/checked with \S+\/temp\/mirror\n/);
  expect(ran.roles).toEqual([]);
  expect(ran.calls.flatMap(({ env }) => env).filter((name) => /TOKEN|SECRET|AWS|TF_VAR/.test(name))).toEqual([]);
});

test("CI refuses an address that disappears without a word", async () => {
  const { aws_sns_topic: _, ...resource } = (JSON.parse(main) as { resource: Record<string, unknown> }).resource;
  const ran = await run("ci.yml", pullRequest(ONLY_DEV), { head: JSON.stringify({ ...JSON.parse(main), resource }) });
  expect(results(ran)).toEqual({ check: "success", addresses: "failure" });
  expect(ran.log).toContain("aws_sns_topic.operators: ");
});

test("every option that a workflow gives to a command is one that the command line knows", () => {
  const uses = Object.values(all.texts).flatMap((text) => [
    ...text.matchAll(/cli\.ts (\w+)((?: --[\w-]+(?: "[^"]*"| [\w./]+)?)+)/g),
  ]);
  expect(uses.length).toBeGreaterThan(5);
  for (const [, command = "", options = ""] of uses) {
    const argv = [
      command,
      ...options
        .trim()
        .split(" ")
        .map((word) => word.replaceAll('"', "")),
    ];
    expect(readArguments(argv, [command]).command).toBe(command);
  }
});
