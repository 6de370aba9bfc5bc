import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { StackContext } from "../../../local/terraform/context";
import { parseDocument } from "../../../local/terraform/document";
import { evaluateStack, readStack, type Stack } from "../../../local/terraform/read-stack";

const CONTEXT: StackContext = {
  account: "000000000000",
  region: "eu-west-1",
  edgeHost: "127.0.0.1:8080",
  gatewayHost: "127.0.0.1:4566",
  variables: { origin_secret: "s3cr3t" },
};

const FIXTURE = {
  "//": { metadata: { version: "0.21.0" } },
  terraform: { backend: { s3: { key: "${not.evaluated}" } } },
  provider: { aws: [{ region: "eu-west-1" }, { alias: "edge", region: "us-east-1" }] },
  variable: {
    origin_secret: { type: "string", sensitive: true, nullable: false },
    colour: { type: "string", default: "blue" },
  },
  locals: { tables: { catalogue: "${aws_dynamodb_table.catalogue.name}" } },
  resource: {
    aws_dynamodb_table: {
      catalogue: {
        "//": { metadata: { path: "x" } },
        name: "vod-catalogue-local",
        ttl: { enabled: false, attribute_name: "" },
      },
    },
    aws_iam_role: { mint: { name: "vod-mint-local", path: null } },
    aws_lambda_function: {
      mint: {
        function_name: "vod-mint-local",
        role: "${aws_iam_role.mint.arn}",
        depends_on: ["aws_iam_role.mint"],
        lifecycle: { create_before_destroy: true },
        timeout: 8,
        publish: false,
        environment: {
          variables: {
            TABLE: "${local.tables.catalogue}",
            CDN: "https://${aws_cloudfront_distribution.vod.domain_name}",
            SECRET: "${var.origin_secret}",
            COLOUR: "${var.colour}",
            TTL: "${aws_dynamodb_table.catalogue.ttl[0].enabled}",
            "${var.colour}_key": "$${literal}",
          },
        },
      },
    },
    aws_cloudfront_distribution: { vod: { web_acl_id: "${aws_wafv2_web_acl.edge.arn}", enabled: true } },
    aws_wafv2_web_acl: { edge: { name: "edge", scope: "CLOUDFRONT", provider: "aws.edge" } },
  },
  output: { app: { value: "https://${aws_cloudfront_distribution.vod.domain_name}/app/", description: "The page" } },
};

type Resources = Record<string, Record<string, Record<string, unknown>>>;

function stackOf(resource: Resources, rest: object = {}, context: StackContext = CONTEXT): Stack {
  return evaluateStack(parseDocument(JSON.stringify({ resource, ...rest }), "cdk.tf.json"), context);
}

describe("a stack as it would stand once applied", () => {
  const stack = evaluateStack(parseDocument(JSON.stringify(FIXTURE), "cdk.tf.json"), CONTEXT);

  test("arguments are evaluated and keep their types; what speaks to Terraform is left out", () => {
    expect(stack.get("aws_lambda_function.mint")).toEqual({
      type: "aws_lambda_function",
      name: "mint",
      address: "aws_lambda_function.mint",
      values: {
        function_name: "vod-mint-local",
        role: "arn:aws:iam::000000000000:role/vod-mint-local",
        timeout: 8,
        publish: false,
        environment: {
          variables: {
            TABLE: "vod-catalogue-local",
            CDN: "https://127.0.0.1:8080",
            SECRET: "s3cr3t",
            COLOUR: "blue",
            TTL: false,
            blue_key: "${literal}",
          },
        },
        id: "vod-mint-local",
        arn: "arn:aws:lambda:eu-west-1:000000000000:function:vod-mint-local",
        qualified_arn: "arn:aws:lambda:eu-west-1:000000000000:function:vod-mint-local:$LATEST",
        invoke_arn:
          "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:000000000000:function:vod-mint-local/invocations",
        version: "$LATEST",
      },
    });
  });

  test("an argument that is null is as if it were not there", () => {
    expect(Object.keys(stack.get("aws_iam_role.mint").values)).not.toContain("path");
  });

  test("a resource of an aliased provider stands in that provider's Region", () => {
    const { arn } = stack.get("aws_wafv2_web_acl.edge").values;
    expect(arn).toMatch(/^arn:aws:wafv2:us-east-1:000000000000:global\/webacl\/edge\/[0-9a-f-]{36}$/);
    expect(stack.get("aws_cloudfront_distribution.vod").values.web_acl_id).toBe(arn);
  });

  test("outputs are evaluated", () => {
    expect(stack.outputs).toEqual({ app: "https://127.0.0.1:8080/app/" });
  });

  test("resources of a type come in order of address, and none is an empty list", () => {
    const two = stackOf({ aws_sqs_queue: { b: { name: "b" }, a: { name: "a" } } });
    expect(two.all("aws_sqs_queue").map(({ address }) => address)).toEqual(["aws_sqs_queue.a", "aws_sqs_queue.b"]);
    expect(two.all("aws_sns_topic")).toEqual([]);
  });

  test("an address that is not there is answered with those of its type", () => {
    expect(() => stack.get("aws_iam_role.nobody")).toThrow(
      new Error("cdk.tf.json: there is no aws_iam_role.nobody; of its type there are aws_iam_role.mint"),
    );
    expect(() => stack.get("aws_eks.x")).toThrow(
      new Error("cdk.tf.json: there is no aws_eks.x; of its type there are none"),
    );
  });

  test("a type without a table has a stable id and its arguments", () => {
    const values = () => stackOf({ aws_budgets_budget: { all: { name: "all" } } }).get("aws_budgets_budget.all").values;
    expect(values()).toEqual({ name: "all", id: expect.stringMatching(/^[0-9a-f]{20}$/) as string });
    expect(values()).toEqual(values());
  });
});

describe("the file", () => {
  const folder = mkdtempSync(join(tmpdir(), "vod-stack-"));

  test("is read", () => {
    const file = join(folder, "cdk.tf.json");
    writeFileSync(file, JSON.stringify(FIXTURE));
    expect(readStack(file, CONTEXT).account).toBe("000000000000");
  });

  test("is missed with the command that makes it", () => {
    const file = join(folder, "gone.json");
    expect(() => readStack(file, CONTEXT)).toThrow(
      new Error(`${file}: the synthesised stack cannot be read (ENOENT): run npm run synth first`),
    );
  });
});

test("the provider's tags are those of everything, its alias's are not", () => {
  const aws = [
    { alias: "edge", default_tags: [{ tags: { env: "edge" } }] },
    { region: "eu-west-1", default_tags: [{ tags: { env: "local" } }] },
  ];
  const of = (provider: unknown) => evaluateStack(parseDocument(JSON.stringify({ provider }), "stack"), CONTEXT);
  expect([of({ aws }).defaultTags, of({}).defaultTags]).toEqual([{ env: "local" }, {}]);
});
