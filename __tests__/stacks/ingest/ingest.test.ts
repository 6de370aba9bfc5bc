import { environment, resource, statements, synthesised, type Values } from "../../support/synthesised";

const stack = synthesised(environment("dev"));

test("the source bucket tells EventBridge what lands in it", () => {
  expect(resource(stack, "aws_s3_bucket_notification.source_events")).toMatchObject({
    bucket: "${aws_s3_bucket.source.id}",
    eventbridge: true,
  });
});

test("video suffixes start a job, in any letter case; captions prepare again", () => {
  const keys = (rule: string): Values[] =>
    JSON.parse(resource(stack, `aws_cloudwatch_event_rule.${rule}`).event_pattern as string).detail.object.key;
  expect(keys("mezzanine_uploaded")).toContainEqual({ suffix: { "equals-ignore-case": ".mp4" } });
  expect(keys("mezzanine_uploaded")).toHaveLength(11);
  expect(keys("sidecar_uploaded")).toEqual([{ suffix: { "equals-ignore-case": ".vtt" } }]);
});

test("cold masters move to Glacier Instant Retrieval, which MediaConvert reads at once", () => {
  const rules = resource(stack, "aws_s3_bucket_lifecycle_configuration.source").rule as Values[];
  expect(rules.find(({ id }) => id === "cold-masters")).toMatchObject({
    filter: [{ prefix: "uploads/" }],
    transition: [{ days: 90, storage_class: "GLACIER_IR" }],
  });
});

test("a put with wrong encryption headers is denied, one without any is not", () => {
  const denials = statements(resource(stack, "aws_s3_bucket_policy.source").policy).filter(({ Sid }) =>
    Sid?.startsWith("DenyOther"),
  );
  expect(denials.map(({ Condition }) => Condition)).toEqual([
    {
      StringNotEquals: { "s3:x-amz-server-side-encryption": "aws:kms" },
      Null: { "s3:x-amz-server-side-encryption": "false" },
    },
    {
      StringEquals: { "s3:x-amz-server-side-encryption": "aws:kms" },
      StringNotEquals: { "s3:x-amz-server-side-encryption-aws-kms-key-id": "${aws_kms_key.source.arn}" },
    },
  ]);
});
