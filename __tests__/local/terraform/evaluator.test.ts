import type { StackContext } from "../../../local/terraform/context";
import { parseDocument } from "../../../local/terraform/document";
import { evaluateStack, type Stack } from "../../../local/terraform/read-stack";

const CONTEXT: StackContext = {
  account: "000000000000",
  region: "eu-west-1",
  edgeHost: "127.0.0.1:8080",
  gatewayHost: "127.0.0.1:4566",
  variables: { origin_secret: "s3cr3t" },
};

type Resources = Record<string, Record<string, Record<string, unknown>>>;

function stackOf(resource: Resources, rest: object = {}, context: StackContext = CONTEXT): Stack {
  return evaluateStack(parseDocument(JSON.stringify({ resource, ...rest }), "cdk.tf.json"), context);
}

test("all of them are told at once, each with its place and expression", () => {
  const resource = {
    aws_sqs_queue: { a: { name: "a" } },
    aws_x: {
      y: {
        list: [{ deep: "see ${aws_sqs_queue.a.nope} and" }],
        other: "${aws_sqs_queue.gone.arn}",
        third: "${var.no} ${local.no}",
      },
    },
  };
  expect(() => stackOf(resource, { locals: { fine: 1 }, output: { bad: { value: "${aws_x.y.missing}" } } })).toThrow(
    new Error(
      [
        "cdk.tf.json: 4 problems",
        "  - aws_x.y, list.0.deep, in ${aws_sqs_queue.a.nope}: aws_sqs_queue.a has no attribute nope: computed attributes known for aws_sqs_queue are id, url, name, arn",
        "  - aws_x.y, other, in ${aws_sqs_queue.gone.arn}: there is no aws_sqs_queue.gone; there are aws_sqs_queue.a",
        "  - aws_x.y, third, in ${var.no}: there is no var.no; there is no var at all",
        "  - output.bad, in ${aws_x.y.missing}: aws_x.y has no attribute missing: computed attributes known for aws_x are id",
      ].join("\n"),
    ),
  );
});

test("what refers to a broken value does not repeat its problem", () => {
  const resource = { aws_sqs_queue: { a: { name: "${1 + 1}" }, b: { name: "${aws_sqs_queue.a.arn}" } } };
  expect(() => stackOf(resource)).toThrow(
    new Error(
      "cdk.tf.json: aws_sqs_queue.a, name, in ${1 + 1}: the operator + is not supported: write the value so that it needs references and functions only",
    ),
  );
});

test("every variable without a value is named, used or not, and a default of null is a value", () => {
  const variable = { a: { sensitive: true }, b: {}, c: { default: "x" }, d: { default: null } };
  expect(() => stackOf({}, { variable })).toThrow(
    new Error(
      [
        "cdk.tf.json: 2 problems",
        "  - var.a has no value and no default: supply it in the context's variables",
        "  - var.b has no value and no default: supply it in the context's variables",
      ].join("\n"),
    ),
  );
});

test("a value of a variable takes the place of its default", () => {
  const variable = { origin_secret: { default: "default" } };
  const stack = stackOf({ aws_x: { y: { v: "${var.origin_secret}" } } }, { variable });
  expect(stack.get("aws_x.y").values.v).toBe("s3cr3t");
});

test("a cycle names its path", () => {
  const resource = { aws_x: { a: { v: "${aws_x.b.v}" }, b: { v: "${local.l}" } } };
  expect(() => stackOf(resource, { locals: { l: "<${aws_x.a.v}>" } })).toThrow(
    new Error("cdk.tf.json: a value depends on itself: aws_x.a.v -> aws_x.b.v -> local.l -> aws_x.a.v"),
  );
});

test("resources may refer to each other as long as no value depends on itself", () => {
  const resource = { aws_x: { a: { v: "${aws_x.b.id}", w: 1 }, b: { v: "${aws_x.a.w}" } } };
  expect(stackOf(resource).get("aws_x.b").values.v).toBe(1);
});

test("the value of a sensitive variable is in no problem", () => {
  const variable = { origin_secret: { sensitive: true } };
  const resource = {
    aws_cloudformation_stack: { s: { name: "s", template_body: "${var.origin_secret}" } },
    aws_x: { y: { a: "${jsondecode(var.origin_secret)}", b: "${var.origin_secret.c}" } },
  };
  expect(() => stackOf(resource, { variable })).toThrow(
    new Error(
      [
        "cdk.tf.json: 3 problems",
        "  - aws_cloudformation_stack.s, outputs, template_body must be a CloudFormation template in JSON",
        "  - aws_x.y, a, in ${jsondecode(var.origin_secret)}: jsondecode: the text is not JSON",
        "  - aws_x.y, b, in ${var.origin_secret.c}: string has no attributes and no elements",
      ].join("\n"),
    ),
  );
});

test("an argument that a computed attribute needs is missed by name", () => {
  expect(() => stackOf({ aws_dynamodb_table: { t: {} } })).toThrow(
    new Error(
      [
        "cdk.tf.json: 2 problems",
        "  - aws_dynamodb_table.t, id, aws_dynamodb_table.t has no name, which its computed attributes are made from",
        "  - aws_dynamodb_table.t, arn, aws_dynamodb_table.t has no name, which its computed attributes are made from",
      ].join("\n"),
    ),
  );
});

test("a provider that is not configured is missed", () => {
  expect(() => stackOf({ aws_sns_topic: { t: { name: "t", provider: "aws.moon" } } })).toThrow(
    "aws_sns_topic.t, id, there is no provider aws.moon",
  );
});
