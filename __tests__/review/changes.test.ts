import { changesOf, driftOf, outputChangesOf, withoutIndex } from "../../review/changes";
import { constructPaths } from "../../review/construct-paths";
import { type PlanAction, readPlan } from "../../review/plan";
import { planOf, recorded, resourceChange } from "./plans";

const kinds = (name: string) => changesOf(readPlan(recorded(name))).map(({ kind, address }) => `${kind} ${address}`);

describe("plans of real Terraform", () => {
  test("first: everything is created", () => {
    expect(new Set(kinds("first").map((line) => line.split(" ")[0]))).toEqual(new Set(["create"]));
  });

  test("unchanged: nothing", () => {
    expect(kinds("unchanged")).toEqual([]);
  });

  test("update", () => {
    expect(kinds("update")).toEqual([
      "update aws_cloudwatch_log_group.confirm_playable",
      "update aws_iam_role_policy.confirm_playable",
      "update aws_lambda_function.mint_playback",
      "update aws_s3_bucket_public_access_block.source",
    ]);
  });

  test("replace: with the attribute that forces it", () => {
    expect(changesOf(readPlan(recorded("replace")))).toMatchObject([
      {
        address: "aws_dynamodb_table.entitlements",
        kind: "replace",
        replacePaths: ["name"],
        reason: "an attribute cannot change in place",
      },
      { address: "aws_s3_bucket.source", kind: "replace", replacePaths: ["bucket"] },
    ]);
  });

  test("tainted: with the reason", () => {
    expect(changesOf(readPlan(recorded("tainted")))).toMatchObject([
      { address: "aws_dynamodb_table.entitlements", kind: "replace", reason: "its last creation failed half way" },
    ]);
  });

  test("destroy", () => {
    expect(kinds("destroy")).toEqual([
      "delete aws_cloudfront_distribution.vod",
      "delete aws_dynamodb_table.entitlements",
      "delete aws_secretsmanager_secret_version.cdn_identifier",
    ]);
  });

  test("a move is no change and what is forgotten is not destroyed", () => {
    expect(changesOf(readPlan(recorded("move-and-forget")))).toMatchObject([
      { address: "aws_dynamodb_table.entitlements", kind: "forget", attributes: [] },
      { address: "aws_s3_bucket.mezzanines", kind: "move", previousAddress: "aws_s3_bucket.source", attributes: [] },
    ]);
  });

  test("an import is listed with its id", () => {
    expect(changesOf(readPlan(recorded("import")))).toMatchObject([
      { address: "terraform_data.imported", kind: "import", importId: "an-id" },
    ]);
  });

  test("outputs are changes of their own", () => {
    expect(outputChangesOf(readPlan(recorded("update")))).toMatchObject([
      { address: "output.source_bucket", kind: "create", attributes: [{ path: "value" }] },
    ]);
    expect(outputChangesOf(readPlan(recorded("secrets")))).toMatchObject([
      { address: "output.leak", attributes: [{ path: "value", after: "(sensitive)" }] },
    ]);
  });
});

test.each<[PlanAction[], string]>([
  [["no-op"], "no-op"],
  [["create"], "create"],
  [["read"], "read"],
  [["update"], "update"],
  [["delete", "create"], "replace"],
  [["create", "delete"], "replace"],
  [["create", "forget"], "replace"],
  [["delete"], "delete"],
  [["forget"], "forget"],
])("the actions %j are a %s", (actions, kind) => {
  const [change] = changesOf(planOf(resourceChange("a.b", { actions })));
  expect(change?.kind ?? "no-op").toBe(kind);
});

test("what moves and changes is a change that remembers its address", () => {
  const moved = resourceChange("a.b", { before: { x: 1 }, after: { x: 2 } }, { previous_address: "a.old" });
  expect(changesOf(planOf(moved))).toMatchObject([
    { kind: "update", previousAddress: "a.old", attributes: [{ path: "x" }] },
  ]);
});

test("an object that was left over is told from the resource", () => {
  const plan = planOf(resourceChange("a.b", { actions: ["delete"] }, { deposed: "00c0ffee" }));
  expect(changesOf(plan)[0]?.address).toBe("a.b (deposed 00c0ffee)");
});

test("what drifted is listed apart, moves not among it", () => {
  const plan = {
    ...planOf(),
    resource_drift: [
      resourceChange("a.c", { actions: ["no-op"] }, { previous_address: "a.x" }),
      resourceChange("a.b", { before: { x: 1 }, after: { x: 2 } }),
    ],
  };
  expect(driftOf(plan).map(({ address, kind }) => `${kind} ${address}`)).toEqual(["update a.b"]);
});

test("the construct's path comes from the stack, for instances too", () => {
  const stack = JSON.stringify({
    resource: { a: { b: { "//": { metadata: { path: "vod-dev/ingest/b" } } }, bare: {} } },
  });
  const paths = constructPaths(stack);
  expect([...paths]).toEqual([["a.b", "vod-dev/ingest/b"]]);
  const plan = planOf(resourceChange('a.b["k"]', {}), resourceChange("a.bare", {}));
  expect(changesOf(plan, paths).map(({ constructPath }) => constructPath)).toEqual(["vod-dev/ingest/b", undefined]);
  expect(() => constructPaths("{")).toThrow(new Error("the stack is no JSON: give the cdk.tf.json that was planned"));
});

test.each([
  ["a.b", "a.b"],
  ["a.b[0]", "a.b"],
  ['a.b["x]"]', "a.b"],
])("%s is an instance of %s", (address, of) => expect(withoutIndex(address)).toBe(of));
