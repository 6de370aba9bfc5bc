import { everyStack, resource, resourcesOf, title, type Values } from "../support/synthesised";
import { withOptions } from "../support/optional";
import { sweepBuckets } from "./sweeps/buckets";
import { sweepFunctions } from "./sweeps/functions";
import { sweepRoles } from "./sweeps/roles";

/** What holds for every resource of every environment in both topologies. */
const stacks = [
  ...everyStack().map((stack) => [title(stack), stack] as const),
  ["dev with what is optional", withOptions()] as const,
];
describe.each(stacks)("the stack of %s", (_, stack) => {
  sweepBuckets(stack);
  sweepFunctions(stack);
  sweepRoles(stack);

  test("rotates every key", () => {
    for (const [name, key] of resourcesOf(stack, "aws_kms_key")) {
      expect([name, key.enable_key_rotation, key.deletion_window_in_days]).toEqual([name, true, 30]);
      expect(resource(stack, `aws_kms_key_policy.${name}`).key_id).toBe(`\${aws_kms_key.${name}.key_id}`);
    }
  });

  test("encrypts tables, queues, topics, logs, secrets, trails, streams and answers with keys of its own", () => {
    for (const [, table] of resourcesOf(stack, "aws_dynamodb_table")) {
      expect(table.server_side_encryption).toEqual({ enabled: true, kms_key_arn: "${aws_kms_key.data.arn}" });
      expect(table.point_in_time_recovery).toEqual({ enabled: true });
    }
    for (const [, stream] of resourcesOf(stack, "aws_kinesis_firehose_delivery_stream")) {
      const read = stream.kinesis_source_configuration !== undefined; // and encrypted as the stream that is read
      const own = { enabled: true, key_arn: "${aws_kms_key.data.arn}" };
      expect(stream.server_side_encryption).toEqual(read ? undefined : expect.objectContaining(own));
      expect(stream.extended_s3_configuration).toMatchObject({ kms_key_arn: "${aws_kms_key.logs.arn}" });
    }
    for (const stream of Object.values(stack.document.resource.aws_kinesis_stream ?? {})) {
      expect(stream).toMatchObject({ encryption_type: "KMS", kms_key_id: "${aws_kms_key.logs.arn}" });
    }
    for (const [, { configuration }] of resourcesOf(stack, "aws_athena_workgroup")) {
      expect(configuration).toMatchObject({
        enforce_workgroup_configuration: true,
        result_configuration: {
          encryption_configuration: { encryption_option: "SSE_KMS", kms_key_arn: "${aws_kms_key.logs.arn}" },
        },
      });
    }
    for (const [type, argument, key] of [
      ["aws_sqs_queue", "kms_master_key_id", "data"],
      ["aws_sns_topic", "kms_master_key_id", "data"],
      ["aws_cloudwatch_log_group", "kms_key_id", "data"],
      ["aws_secretsmanager_secret", "kms_key_id", "secrets"],
      ["aws_cloudtrail", "kms_key_id", "logs"],
    ] as const) {
      for (const [name, values] of resourcesOf(stack, type)) {
        const elsewhere = name.startsWith("edge_") ? "edge_news" : name === "firewall" ? name : undefined; // in us-east-1
        const own = elsewhere ?? key;
        expect([type, name, values[argument]]).toEqual([type, name, `\${aws_kms_key.${own}.arn}`]);
      }
    }
  });

  test("keeps every log for 90 days", () => {
    for (const [, group] of resourcesOf(stack, "aws_cloudwatch_log_group")) expect(group.retention_in_days).toBe(90);
  });

  test("creates every key, policy, firewall and access control before its predecessor is destroyed", () => {
    for (const type of [
      "aws_cloudfront_public_key",
      "aws_cloudfront_key_group",
      "aws_cloudfront_cache_policy",
      "aws_cloudfront_origin_request_policy",
      "aws_cloudfront_response_headers_policy",
      "aws_cloudfront_origin_access_control",
      "aws_cloudfront_function",
      "aws_wafv2_web_acl",
      "aws_wafv2_rule_group",
    ]) {
      for (const [name, { lifecycle }] of resourcesOf(stack, type)) {
        expect([type, name, lifecycle]).toMatchObject([type, name, { create_before_destroy: true }]);
      }
    }
  });

  test("tags everything, by the provider, with classification, owner, cost centre and environment", () => {
    const providers = stack.document.provider.aws as Values[];
    const { name, account, tags } = stack.environment;
    expect(providers.map(({ alias, region }) => [alias, region])).toEqual([
      [undefined, "eu-west-1"],
      ["edge", "us-east-1"],
    ]);
    for (const provider of providers) {
      expect(provider.allowed_account_ids).toEqual([account]);
      expect(provider.default_tags).toEqual([
        {
          tags: {
            "content-classification": tags.contentClassification,
            owner: tags.owner,
            "cost-center": tags.costCenter,
            env: name,
          },
        },
      ]);
    }
  });

  test("keeps its state in the environment's own bucket, encrypted and locked", () => {
    const { name, account, region } = stack.environment;
    expect(stack.document.terraform.backend).toEqual({
      s3: {
        bucket: `vod-state-${name}-${account}-${region}`,
        key: `vod/${name}/vod-${name}.tfstate`,
        region,
        encrypt: true,
        kms_key_id: `arn:aws:kms:${region}:${account}:alias/vod-${name}-state`,
        use_lockfile: true,
      },
    });
  });

  test("accepts both provider majors", () => {
    expect(stack.document.terraform.required_providers).toEqual({
      aws: { source: "aws", version: ">= 5.100.0, < 7.0.0" },
    });
  });
});
