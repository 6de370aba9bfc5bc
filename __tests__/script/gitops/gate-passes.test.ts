import { readFileSync } from "node:fs";
import { gate } from "../../../script/gitops/gate";
import { everyStack, title } from "../../support/synthesised";
import { bucket, refused, type Stack, tagged } from "./gate-cases";

describe("the gate lets pass", () => {
  test.each(everyStack().map((stack) => [title(stack), stack.file] as const))("the stack of %s", (_title, file) => {
    const text = readFileSync(file, "utf8");
    expect(gate({ stack: text, base: text })).toEqual([]);
    expect(gate({ stack: text })).toEqual([]);
  });

  const HARMLESS: [string, (stack: Stack) => void][] = [
    ["a reference and a pure function", tagged('${trimprefix(aws_s3_bucket.source.id, "vod-")}')],
    ["a secret whole in jsonencode()", tagged("${jsonencode({ a = var.cdn_identifier })}")],
    ["the word file( in a text", tagged("see file(x) and $${file(x)}")],
    [
      "moved and removed",
      (s) => {
        s.moved = [{ from: "aws_sns_topic.a", to: "aws_sns_topic.b" }];
        s.removed = [{ from: "aws_sns_topic.c", lifecycle: { destroy: false } }];
      },
    ],
    [
      "other versions",
      (s) => {
        s.terraform.required_version = "~> 1.12";
        s.terraform.required_providers.aws = { source: "hashicorp/aws", version: ">= 6.0.0" };
      },
    ],
    ["other tags of the provider", (s) => (s.provider.aws[0].default_tags[0].tags.owner = "another team")],
    ["a change of an argument", (s) => (bucket(s).bucket = "another")],
    ["the metadata of cdktf", (s) => (s["//"].metadata.more = { a: 1 })],
  ];

  test.each(HARMLESS)("%s", (_name, change) => {
    expect(refused(change)).toEqual([]);
  });
});
