import { App, TerraformStack } from "cdktf";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { lostAddresses, movesReport } from "../../../script/gitops/moves";
import { environment, synthesised } from "../../support/synthesised";

const bucket = (argument: string, path?: string) => ({
  bucket: argument,
  ...(path === undefined ? {} : { "//": { metadata: { path } } }),
});

const stack = (buckets: object, more: object = {}) => JSON.stringify({ resource: { aws_s3_bucket: buckets }, ...more });

const removal = (address: string) =>
  `in the stack's constructor: this.addOverride("removed", [{ from: "${address}", lifecycle: { destroy: true } }]) (destroy: false leaves it in AWS)`;

test("a stack that keeps its addresses loses none", () => {
  expect(lostAddresses(stack({ a: bucket("x") }), stack({ a: bucket("y"), b: bucket("z") }))).toEqual([]);
});

test("an address that is gone wants a removed block, with the line to write", () => {
  expect(lostAddresses(stack({ a: bucket("x"), b: bucket("y") }), stack({ b: bucket("y") }))).toEqual([
    {
      address: "aws_s3_bucket.a",
      problem: "it is gone from the stack, and Terraform would destroy it",
      remedy: removal("aws_s3_bucket.a"),
    },
  ]);
});

test("a renamed resource wants to be told where it came from: by its arguments, among several new ones", () => {
  const head = stack({ b: bucket("other", "vod/b"), c: bucket("x", "vod/ingest/c") });
  expect(lostAddresses(stack({ a: bucket("x", "vod/a") }), head)[0]?.remedy).toBe(
    `if it is now aws_s3_bucket.c, on the construct vod/ingest/c: .moveFromId("aws_s3_bucket.a"); else ${removal("aws_s3_bucket.a")}`,
  );
});

test("the only new resource of the type is thought to be the renamed one, and several others are not", () => {
  const base = stack({ a: bucket("x") });
  expect(lostAddresses(base, stack({ b: bucket("y") }))[0]?.remedy).toMatch(
    /^if it is now aws_s3_bucket.b, on the construct of/,
  );
  expect(lostAddresses(base, stack({ b: bucket("y"), c: bucket("z") }))[0]?.remedy).toBe(removal("aws_s3_bucket.a"));
});

test.each([
  ["moved", { moved: [{ from: "aws_s3_bucket.a", to: "aws_s3_bucket.b" }] }],
  [
    "moved, in several steps",
    {
      moved: [
        { from: "aws_s3_bucket.a", to: "aws_s3_bucket.o" },
        { from: "aws_s3_bucket.o", to: "aws_s3_bucket.b" },
      ],
    },
  ],
  ["removed", { removed: { from: "aws_s3_bucket.a", lifecycle: { destroy: false } } }],
])("what is %s is not lost", (_name, more) => {
  expect(lostAddresses(stack({ a: bucket("x") }), stack({ b: bucket("y") }, more))).toEqual([]);
});

test("the line for a removal names those that are there already, since one call replaces the other", () => {
  const removed = [{ from: "aws_s3_bucket.a", lifecycle: { destroy: false } }];
  const lost = lostAddresses(stack({ a: bucket("x"), b: bucket("y") }), stack({}, { removed }));
  expect(lost.map(({ remedy }) => remedy)).toEqual([
    `in the stack's constructor: this.addOverride("removed", [{ from: "aws_s3_bucket.a", lifecycle: { destroy: false } }, { from: "aws_s3_bucket.b", lifecycle: { destroy: true } }]) (destroy: false leaves it in AWS)`,
  ]);
});

test("blocks that contradict the stack are named", () => {
  const base = stack({ a: bucket("x"), b: bucket("y") });
  const moved = [
    { from: "aws_s3_bucket.a", to: "aws_s3_bucket.c" },
    { from: "aws_s3_bucket.b", to: "aws_s3_bucket.nowhere" },
  ];
  const head = stack({ a: bucket("x"), c: bucket("z") }, { moved });
  expect(lostAddresses(base, head).map(({ address, problem }) => `${address}: ${problem}`)).toEqual([
    "aws_s3_bucket.a: it is said to be moved or removed, and is still in the stack",
    "aws_s3_bucket.b: it is moved to aws_s3_bucket.nowhere, which is not in the stack",
  ]);
});

test("files of the player page come and go with their content", () => {
  const base = JSON.stringify({ resource: { aws_s3_object_copy: { player_index_1a2b_js: {}, other: {} } } });
  expect(lostAddresses(base, "{}").map(({ address }) => address)).toEqual(["aws_s3_object_copy.other"]);
});

test("a signing key goes with its file", () => {
  const signing = { signing_2026_04: {} };
  const resource = {
    aws_cloudfront_public_key: signing,
    aws_secretsmanager_secret: { ...signing, cdn_identifier: {} },
  };
  expect(lostAddresses(JSON.stringify({ resource }), "{}").map(({ address }) => address)).toEqual([
    "aws_secretsmanager_secret.cdn_identifier",
  ]);
});

test("the lines that are printed do what they say with cdktf", () => {
  class Renamed extends TerraformStack {
    constructor(app: App) {
      super(app, "s");
      new AwsProvider(this, "aws", { region: "eu-west-1" });
      new S3Bucket(this, "b", { bucket: "x" }).moveFromId("aws_s3_bucket.a");
      this.addOverride("removed", [{ from: "aws_s3_bucket.c", lifecycle: { destroy: true } }]);
    }
  }
  const outdir = mkdtempSync(join(tmpdir(), "vod-moves-"));
  const app = new App({ outdir });
  new Renamed(app);
  app.synth();
  const head = readFileSync(join(outdir, "stacks", "s", "cdk.tf.json"), "utf8");
  expect(lostAddresses(stack({ a: bucket("x"), c: bucket("y") }), head)).toEqual([]);
});

test("from one topology to the other, everything that goes is named", () => {
  const [base, head] = (["mediapackage", "direct"] as const).map((topology) =>
    readFileSync(synthesised(environment("dev", topology)).file, "utf8"),
  );
  const lost = lostAddresses(base ?? "", head ?? "").map(({ address }) => address);
  expect(lost).toContain("aws_cloudformation_stack.packaging");
  expect(lostAddresses(base ?? "", base ?? "")).toEqual([]);
});

test("the report says what to do, address by address", () => {
  expect(movesReport([])).toBe("every address of main is still there, moved or removed on purpose\n");
  expect(movesReport([{ address: "a.b", problem: "it is gone", remedy: "add this" }])).toBe(
    "a.b: it is gone\n  add this\n",
  );
});
