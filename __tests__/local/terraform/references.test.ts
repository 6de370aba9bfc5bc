import { parseDocument } from "../../../local/terraform/document";
import { references } from "../../../local/terraform/references";

test("what a resource reads or waits for, directly, inside templates and keys, and by way of locals, each once", () => {
  const document = parseDocument(
    JSON.stringify({
      variable: { v: { default: 1 } },
      locals: { outer: { x: "${local.inner}" }, inner: "${aws_kms_key.k.arn} ${local.outer.x}" },
      resource: {
        aws_kms_key: { k: {}, unused: {} },
        aws_sqs_queue: { q: { kms: "${aws_kms_key.k.id}", self: "${aws_sqs_queue.q.arn}", missing: "${aws_x.y.z}" } },
        aws_lambda_function: {
          f: {
            depends_on: ["aws_sqs_queue.q"],
            env: [{ "${aws_sqs_queue.q.name}": "${jsonencode([local.outer, var.v])} ${aws_sqs_queue.q.arn}" }],
          },
        },
      },
    }),
    "cdk.tf.json",
  );
  expect(references(document)).toEqual([
    { from: "aws_lambda_function.f", to: "aws_kms_key.k" },
    { from: "aws_lambda_function.f", to: "aws_sqs_queue.q" },
    { from: "aws_sqs_queue.q", to: "aws_kms_key.k" },
  ]);
});
