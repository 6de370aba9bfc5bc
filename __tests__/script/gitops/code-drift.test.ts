import { codeDriftMarkdown, codeDriftOf } from "../../../script/gitops/code-drift";
import { summarise } from "../../../script/gitops/reviewed-plan";

const PLANNED = { function_name: "vod-mint-dev", s3_bucket: "b", s3_key: "new.zip", source_code_hash: "new=" };
const ADDRESS = "aws_lambda_function.mint";

const plan = (before: object | null, after: object | null, type = "aws_lambda_function", actions = ["no-op"]): string =>
  JSON.stringify({
    format_version: "1.2",
    planned_values: {},
    resource_changes: [{ address: ADDRESS, type, name: "mint", change: { actions, before, after } }],
  });

const DRIFTED = plan({ ...PLANNED, code_sha256: "old=" }, PLANNED);

describe("code that Terraform takes for right", () => {
  it("is found where a function runs other code and no update of it is planned", () => {
    expect(codeDriftOf(DRIFTED)).toEqual([
      { address: ADDRESS, name: "vod-mint-dev", bucket: "b", key: "new.zip", runs: "old=", planned: "new=" },
    ]);
  });

  it.each([
    ["runs what it should", plan({ ...PLANNED, code_sha256: "new=" }, PLANNED)],
    ["gets new code", plan({ ...PLANNED, source_code_hash: "old=", s3_key: "old.zip", code_sha256: "old=" }, PLANNED)],
    ["is made", plan(null, PLANNED)],
    ["is destroyed", plan({ ...PLANNED, code_sha256: "old=" }, null)],
    ["is no function", plan({ ...PLANNED, code_sha256: "old=" }, PLANNED, "aws_lambda_alias")],
  ])("is none where it %s", (_, json) => {
    expect(codeDriftOf(json)).toEqual([]);
  });

  it("is part of what is reviewed: summary and digest have it", () => {
    const { changes, digest } = summarise(DRIFTED);
    expect(changes).toMatchObject([{ address: `${ADDRESS} (code)`, kind: "update" }]);
    const other = summarise(plan({ ...PLANNED, code_sha256: "other=" }, PLANNED));
    const none = summarise(plan({ ...PLANNED, code_sha256: "new=" }, PLANNED));
    expect(new Set([digest, other.digest, none.digest]).size).toBe(3);
    expect(none.changes).toEqual([]);
  });

  it("stands above the report, and nothing where there is none", () => {
    expect(codeDriftMarkdown(codeDriftOf(DRIFTED))).toBe(
      "**1 function does not run the code of the stack.** Terraform does not see it; an apply puts the code back.\n\n- `aws_lambda_function.mint`: `vod-mint-dev` runs code `old=`, the stack names `new=`\n\n",
    );
    expect(codeDriftMarkdown([])).toBe("");
  });
});
