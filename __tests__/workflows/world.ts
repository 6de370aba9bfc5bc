import { createHash } from "node:crypto";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { buildSync } from "esbuild";
import { changeDigest } from "../../review/digest";
import { readPlan } from "../../review/plan";
import { placesOf } from "../../script/gitops/places";
import { environment, synthesised } from "../support/synthesised";
import type { Answer } from "./fakes";
import { ROOT } from "./read";

/** Where synth puts the stack of dev. */
export const STACK_FILE = "cdktf.out/stacks/vod-dev/cdk.tf.json";

/** Git's hash of the tree that is checked out. */
export const TREE = "7433000000000000000000000000000000000001";
const HANDLER = "mint-playback";
const ZIP_SHA256 = createHash("sha256").update(HANDLER).digest();
const { artifactsBucket: ARTIFACTS } = placesOf(environment("dev"));

/** Main's stack of dev with one function and one topic, so that every command has something to do. */
export function smallStack(): string {
  const { document } = synthesised(environment("dev"));
  const { aws_lambda_function: functions = {}, aws_sns_topic: topics = {} } = document.resource;
  const mint = Object.fromEntries(Object.entries(functions).filter(([name]) => name === "mint_playback"));
  return JSON.stringify({ ...document, resource: { aws_lambda_function: mint, aws_sns_topic: topics }, output: {} });
}

/** A plan that updates a topic; its saved file is the text `PLAN`. */
export const PLAN = JSON.stringify({
  format_version: "1.2",
  planned_values: {
    root_module: {
      resources: [
        {
          type: "aws_lambda_function",
          values: {
            function_name: `vod-${HANDLER}-dev`,
            s3_bucket: ARTIFACTS,
            s3_key: `lambda/${HANDLER}/${ZIP_SHA256.toString("hex")}.zip`,
            source_code_hash: ZIP_SHA256.toString("base64"),
          },
        },
      ],
    },
  },
  resource_changes: [topic(["update"], { display_name: "old" }, { display_name: "new" })],
});

export const DESTROY_PLAN = JSON.stringify({
  format_version: "1.2",
  planned_values: {},
  resource_changes: [topic(["delete"], { display_name: "old" }, null)],
});

function topic(actions: string[], before: unknown, after: unknown): unknown {
  const change = { actions, before, after, after_unknown: {}, before_sensitive: false, after_sensitive: false };
  return { address: "aws_sns_topic.operators", mode: "managed", type: "aws_sns_topic", name: "operators", change };
}

export const digestOf = (plan: string): string => changeDigest(readPlan(plan));

export interface Said {
  readonly plan?: string;
  /** Exit code of `terraform plan`: 2 is a plan with changes. */
  readonly planStatus?: 0 | 2;
  /** Digests that were reviewed for the tree. */
  readonly reviewed?: readonly string[];
  /** Comment of an earlier plan. */
  readonly comment?: string;
  readonly reviewers?: boolean;
  /** Address of the edge. */
  readonly app?: string;
  /** Folder that `git worktree` copies. */
  readonly mainCheckout?: string;
}

/** What AWS, GitHub, Git, npm and Terraform say. */
export function answers(said: Said = {}): Answer[] {
  const {
    plan = PLAN,
    planStatus = 2,
    reviewed = [],
    comment = "",
    reviewers = true,
    app = "",
    mainCheckout = "",
  } = said;
  const keys = reviewed.map((digest) => ({
    Key: `plans/dev/${TREE}/${digest}.json`,
    LastModified: "2026-01-01T00:00:00Z",
  }));
  const review = { environment: "dev", tree: TREE, stack: "", digest: reviewed[0], changes: [] };
  const checksum = { ChecksumSHA256: ZIP_SHA256.toString("base64") };
  return [
    { program: "npm", match: /^(ci|ci --ignore-scripts|run --silent synth --( dev)?|run --silent synth)$/ },
    { program: "git", match: /^rev-parse HEAD\^\{tree\}$/, stdout: `${TREE}\n` },
    { program: "git", match: /^worktree add --detach \S+ HEAD\^1$/, copies: { from: mainCheckout, at: 3 } },
    { program: "terraform", match: /^-chdir=\S+ providers mirror/ },
    { program: "terraform", match: /^init -input=false -lockfile=readonly -no-color$/ },
    { program: "terraform", match: /^plan .*-detailed-exitcode/, writes: "PLAN", status: planStatus },
    { program: "terraform", match: /^show -json/, stdout: plan },
    { program: "terraform", match: /^apply .*approved\.tfplan$/, stdout: applied() },
    { program: "terraform", match: /^output -json/, stdout: JSON.stringify({ app: { value: app } }) },
    { program: "aws", match: /^s3api put-object/, stdout: "{}" },
    { program: "aws", match: /^s3api list-objects-v2 .*plans\/dev/, stdout: JSON.stringify({ Contents: keys }) },
    { program: "aws", match: /^s3api get-object .*\.tfplan /, stdout: "{}", writes: "PLAN" },
    {
      program: "aws",
      match: /^s3api get-object .*plans\/dev\/.*\.json /,
      stdout: "{}",
      writes: JSON.stringify(review),
    },
    { program: "aws", match: /^s3api head-object .*lambda\//, stdout: JSON.stringify(checksum) },
    {
      program: "aws",
      match: /^lambda get-function-configuration/,
      stdout: JSON.stringify({ CodeSha256: ZIP_SHA256.toString("base64") }),
    },
    { program: "gh", match: /\/git\/commits\/.* --jq \.tree\.sha$/, stdout: `${TREE}\n` },
    { program: "gh", match: /^api --paginate .*\/issues\/12\/comments/, stdout: comment },
    { program: "gh", match: /^api --silent --method (POST|PATCH) / },
    {
      program: "gh",
      match: /\/environments\//,
      stdout: reviewers ? "wait_timer required_reviewers\n" : "branch_policy\n",
    },
    { program: "gh", match: /\/approvals$/, stdout: JSON.stringify([{ state: "approved", user: { login: "bob" } }]) },
    { program: "gh", match: /^issue list/, stdout: "[]" },
    { program: "gh", match: /^(label|issue) create/ },
  ];
}

function applied(): string {
  const hook = { resource: { addr: "aws_sns_topic.operators" }, action: "update" };
  return `${JSON.stringify({ type: "apply_complete", "@message": "done", hook })}\n`;
}

/** Folders that the scripts of the flow need, as JavaScript: a checkout on which `npm ci` was run. */
export function builtCheckout(stack: string): string {
  const folder = mkdtempSync(join(tmpdir(), "vod-workflow-"));
  const sources = ["script/gitops", "review", "environments", "job-templates", "local/terraform"];
  const filter = (path: string): boolean => !/\.(ts|md)$/.test(path);
  for (const source of [...sources, "keys"])
    cpSync(join(ROOT, source), join(folder, source), { recursive: true, filter });
  const scripts = sources.flatMap((source) =>
    (readdirSync(join(ROOT, source), { recursive: true }) as string[])
      .filter((file) => file.endsWith(".ts"))
      .map((file) => join(ROOT, source, file)),
  );
  buildSync({ entryPoints: scripts, outdir: folder, outbase: ROOT, format: "cjs", platform: "node", target: "node20" });
  symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
  write(folder, "dist/lambda/mint-playback.zip", HANDLER);
  write(folder, STACK_FILE, stack);
  write(folder, "terraform/lock/.terraform.lock.hcl", "# locked\n");
  write(folder, ".ci/run", 'echo "checked with $TF_PROVIDER_MIRROR"\n');
  return folder;
}

export function write(folder: string, file: string, text: string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
}
