import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { applySavedPlan, type ApplyRequest } from "../../../script/gitops/apply";
import { keepReview } from "../../../script/gitops/parity";
import { placesOf } from "../../../script/gitops/places";
import { type ApplyRecord, lastRecords, recordLine } from "../../../script/gitops/record";
import { summarise } from "../../../script/gitops/reviewed-plan";
import { sha256 } from "../../../script/gitops/sha256";
import type { ApplyOutcome, Terraform } from "../../../script/gitops/terraform";
import { LockHeld } from "../../../script/gitops/terraform-failure";
import { Failure } from "../../../script/gitops/failure";
import { temporaryDirectory } from "../../local/gateway/test-gateway";
import { unexpected } from "../../handlers/support/unexpected";
import { memoryAws, type MemoryAws } from "./memory-aws";

const PLACES = placesOf({ name: "dev", account: "111111111111", region: "eu-west-1" });
const TREE = "a".repeat(40);
const FUNCTION = { function_name: "vod-mint-dev", source_code_hash: "planned=" };
const KEY = "plans/dev/9/x.tfplan";

const planJson = (actions: string[]): string =>
  JSON.stringify({
    format_version: "1.2",
    planned_values: { root_module: { resources: [{ type: "aws_lambda_function", values: FUNCTION }] } },
    resource_changes: [
      {
        address: "aws_lambda_function.mint",
        type: "aws_lambda_function",
        name: "mint",
        change: { actions, before: {} },
      },
    ],
  });

interface Setting {
  readonly aws: MemoryAws;
  readonly terraform: string[];
  readonly request: ApplyRequest;
}

async function setting(
  outcome: ApplyOutcome,
  more: Partial<ApplyRequest> = {},
  actions = ["update"],
): Promise<Setting> {
  const aws = memoryAws();
  aws.objects.set(`${PLACES.stateBucket}/${KEY}`, Buffer.from("plan"));
  aws.functions.set("vod-mint-dev", "planned=");
  await keepReview(aws, PLACES, { ...summarise(planJson(actions)), environment: "dev", tree: TREE, stack: "s" });
  const called: string[] = [];
  const terraform = unexpected<Terraform>("terraform", {
    init: async () => void called.push("init"),
    show: async (file) => (called.push(`show ${file}`), planJson(actions)),
    apply: async (file) => (called.push(`apply ${file}`), outcome),
  });
  const facts = { run: "9", tree: TREE, commit: "c", actor: "mia", approvers: ["noor"] };
  const saved = { key: KEY, sha256: sha256("plan") };
  const times = [new Date("2026-01-02T03:04:05Z"), new Date("2026-01-02T03:05:00Z")];
  const clock = () => times.shift() ?? new Date("2026-01-02T03:06:00Z");
  const common = { environment: "dev", places: PLACES, folder: temporaryDirectory(), log: () => undefined };
  return { aws, terraform: called, request: { ...common, terraform, aws, facts, saved, clock, ...more } };
}

const UPDATED = { applied: [{ address: "aws_lambda_function.mint", action: "update" }], failed: [] };
const recordOf = async ({ aws }: Setting): Promise<ApplyRecord | undefined> => (await lastRecords(aws, PLACES, 1))[0];

describe("applying a saved plan", () => {
  it("fetches, checks, applies that file and records it", async () => {
    const test = await setting(UPDATED);
    await applySavedPlan(test.request);
    expect(test.terraform).toEqual(["init", "show approved.tfplan", "apply approved.tfplan"]);
    const key = `${PLACES.stateBucket}/records/dev/20260102T030405Z-9.json`;
    expect(test.aws.calls.filter((call) => call.includes("records/"))).toEqual([`put ${key}`, `put ${key}`]);
    expect(await recordOf(test)).toEqual({
      environment: "dev",
      run: "9",
      tree: TREE,
      commit: "c",
      actor: "mia",
      approvers: ["noor"],
      digest: summarise(planJson(["update"])).digest,
      planSha256: sha256("plan"),
      parity: "match",
      startedAt: "2026-01-02T03:04:05.000Z",
      endedAt: "2026-01-02T03:05:00.000Z",
      outcome: "applied",
      applied: UPDATED.applied,
    });
  });

  it("takes plans of its own environment only", async () => {
    const saved = { key: "plans/prod/9/x.tfplan", sha256: sha256("plan") };
    const { request } = await setting(UPDATED, { saved });
    await expect(applySavedPlan(request)).rejects.toMatchObject({
      message: "--plan-key must begin with plans/dev/, got plans/prod/9/x.tfplan",
      exit: 2,
    });
  });

  it("says when the plan is gone", async () => {
    const { request } = await setting(UPDATED, { saved: { key: "plans/dev/8/y.tfplan", sha256: "s" } });
    await expect(applySavedPlan(request)).rejects.toThrow(
      `s3://${PLACES.stateBucket}/plans/dev/8/y.tfplan does not exist, or not any more: plan again`,
    );
  });

  it("records and reports code that is not what was planned", async () => {
    const test = await setting(UPDATED);
    test.aws.functions.set("vod-mint-dev", "by-hand=");
    await expect(applySavedPlan(test.request)).rejects.toMatchObject({
      message: expect.stringContaining("vod-mint-dev runs by-hand= and not planned=") as string,
      exit: 1,
    });
    expect(await recordOf(test)).toMatchObject({ outcome: "unverified" });
  });

  it("puts code back that Terraform takes for right, without applying anything else", async () => {
    const test = await setting(UPDATED);
    const key = `lambda/mint/${sha256("zip")}.zip`;
    const planned = Buffer.from(sha256("zip"), "hex").toString("base64");
    const values = {
      function_name: "vod-mint-dev",
      s3_bucket: PLACES.artifactsBucket,
      s3_key: key,
      source_code_hash: planned,
    };
    const change = { actions: ["no-op"], before: { ...values, code_sha256: "old=" }, after: values };
    const resource = { address: "aws_lambda_function.mint", type: "aws_lambda_function", name: "mint", values, change };
    const json = JSON.stringify({
      format_version: "1.2",
      planned_values: { root_module: { resources: [resource] } },
      resource_changes: [resource],
    });
    test.aws.objects.set(`${PLACES.artifactsBucket}/${key}`, Buffer.from("zip"));
    test.aws.functions.set("vod-mint-dev", "old=");
    await keepReview(test.aws, PLACES, { ...summarise(json), environment: "dev", tree: TREE, stack: "s" });
    const terraform = unexpected<Terraform>("terraform", { init: async () => undefined, show: async () => json });
    expect(await applySavedPlan({ ...test.request, terraform })).toMatchObject({
      outcome: "applied",
      parity: "match",
      applied: [{ address: "aws_lambda_function.mint (code)", action: "update" }],
    });
    expect(test.aws.functions.get("vod-mint-dev")).toBe(planned);
  });

  it("keeps a state that could not be written, and says how to push it", async () => {
    const test = await setting({ ...UPDATED, problem: new Failure("no space") });
    writeFileSync(join(test.request.folder, "errored.tfstate"), "{}");
    const kept = `${PLACES.stateBucket}/records/dev/rescued/9.tfstate`;
    await expect(applySavedPlan(test.request)).rejects.toThrow(
      `the state could not be written: it is kept as s3://${kept}; push it with terraform state push before anything else is applied; the apply ended with: no space`,
    );
    expect(test.aws.calls).toContain(`put ${kept}`);
    expect(await recordOf(test)).toMatchObject({ outcome: "partial" });
  });

  it("points at nobody's run when no apply is on record as unfinished", async () => {
    const held = new LockHeld({ id: "1b", who: "a@b", created: "then", operation: "OperationTypeApply" });
    const test = await setting({ applied: [], failed: [], problem: held });
    await expect(applySavedPlan(test.request)).rejects.toThrow(
      "the state is locked since then by a@b (OperationTypeApply): no apply is on record as unfinished, so ask the holder; only if nobody is at work: terraform force-unlock 1b",
    );
    expect(await recordOf(test)).toMatchObject({ outcome: "failed" });
  });

  it("as a destroy refuses a plan that does anything else", async () => {
    const test = await setting(UPDATED, { destroy: true });
    await expect(applySavedPlan(test.request)).rejects.toMatchObject({
      message: "the saved plan is no destroy, it would update aws_lambda_function.mint: plan again with destroy",
      exit: 2,
    });
    expect(test.terraform).not.toContain("apply approved.tfplan");
  });

  it("as a destroy needs no review", async () => {
    const test = await setting(
      UPDATED,
      { destroy: true, facts: { ...(await setting(UPDATED)).request.facts, tree: "x" } },
      ["delete"],
    );
    expect(await applySavedPlan(test.request)).toMatchObject({ parity: "destroy", outcome: "applied" });
  });
});

it("a record is told in a line", () => {
  const record: ApplyRecord = {
    environment: "dev",
    run: "9",
    tree: TREE,
    commit: "c",
    actor: "mia",
    approvers: [],
    digest: "d",
    planSha256: "s",
    parity: "match",
    startedAt: "2026-01-02T03:04:05.000Z",
    outcome: "failed",
    applied: [],
    problem: "why",
  };
  expect(recordLine(record)).toBe(
    "2026-01-02T03:04:05.000Z dev failed, 0 changes, run 9 by mia, nobody was asked, tree aaaaaaaaaaaa, match: why",
  );
  expect(
    recordLine({ ...record, approvers: ["noor"], outcome: "applied", applied: UPDATED.applied, problem: undefined }),
  ).toBe("2026-01-02T03:04:05.000Z dev applied, 1 change, run 9 by mia, approved by noor, tree aaaaaaaaaaaa, match");
});
