import { environment, resource, resourcesOf, statements, synthesised, type Values } from "../../support/synthesised";

const dev = environment("dev");
const operating = (changes: object) => synthesised({ ...dev, operate: { ...dev.operate, ...changes } });
const stack = operating({ keepLogsDays: 400, lockLogsDays: 200 });
const BUCKET = "vod-logs-dev-111111111111-eu-west-1";

test("the log bucket is locked from its creation, and keeps as long as is set", () => {
  expect(resource(stack, "aws_s3_bucket.logs").object_lock_enabled).toBe(true);
  expect(resource(stack, "aws_s3_bucket_object_lock_configuration.logs").rule).toEqual({
    default_retention: { mode: "GOVERNANCE", days: 200 },
  });
  const rules = resource(stack, "aws_s3_bucket_lifecycle_configuration.logs").rule as Values[];
  const expiry = rules.map(({ id, filter, expiration }) => [id, filter, expiration]);
  expect(expiry).toEqual(
    expect.arrayContaining([
      ["expire-edge", [{ prefix: "edge/" }], [{ days: 400 }]],
      ["expire-trail", [{ prefix: "trail/" }], [{ days: 400 }]],
      ["expire-answers", [{ prefix: "answers/" }], [{ days: 30 }]],
    ]),
  );
});

test("only the edge's deliveries and the stack's own trail write there, each into its folder", () => {
  const policy = statements(resource(stack, "aws_s3_bucket_policy.logs").policy);
  const allowed = policy.filter(({ Effect, Action }) => Effect === "Allow" && Action === "s3:PutObject");
  expect(allowed.map(({ Principal, Resource, Condition }) => [Principal, Resource, Condition])).toEqual([
    [
      { Service: "delivery.logs.amazonaws.com" },
      "${aws_s3_bucket.logs.arn}/edge/*",
      {
        StringEquals: { "s3:x-amz-acl": "bucket-owner-full-control", "aws:SourceAccount": "111111111111" },
        ArnLike: { "aws:SourceArn": "arn:aws:logs:us-east-1:111111111111:delivery-source:vod-edge-dev" },
      },
    ],
    [
      { Service: "cloudtrail.amazonaws.com" },
      "${aws_s3_bucket.logs.arn}/trail/AWSLogs/111111111111/*",
      {
        StringEquals: {
          "aws:SourceArn": "arn:aws:cloudtrail:eu-west-1:111111111111:trail/vod-dev",
          "s3:x-amz-acl": "bucket-owner-full-control",
        },
      },
    ],
  ]);
});

test("the edge's log holds neither cookies nor queries, in which signatures are", () => {
  const delivery = resource(stack, "aws_cloudwatch_log_delivery.edge");
  const fields = delivery.record_fields as string[];
  expect(fields).toEqual(
    expect.arrayContaining(["cs-uri-stem", "sc-status", "c-country", "x-edge-detailed-result-type"]),
  );
  expect(fields.filter((field) => /cookie|query|referer|authorization/i.test(field))).toEqual([]);
  expect(delivery).toMatchObject({
    provider: "aws.edge",
    s3_delivery_configuration: [{ suffix_path: "/{yyyy}/{MM}/{dd}/{HH}" }],
  });
  expect(resource(stack, "aws_cloudwatch_log_delivery_source.edge")).toMatchObject({
    provider: "aws.edge",
    log_type: "ACCESS_LOGS",
    resource_arn: "${aws_cloudfront_distribution.vod.arn}",
  });
});

test("Athena reads every field of it, by hour, where it lies", () => {
  const table = resource(stack, "aws_glue_catalog_table.edge") as Values & {
    storage_descriptor: { columns: { name: string; type: string }[]; ser_de_info: { parameters: Values } };
  };
  const fields = resource(stack, "aws_cloudwatch_log_delivery.edge").record_fields as string[];
  expect(Object.values(table.storage_descriptor.ser_de_info.parameters).sort()).toEqual([...fields].sort());
  expect(table.storage_descriptor.columns).toContainEqual({ name: "status", type: "int" });
  expect(table.parameters).toMatchObject({
    "projection.enabled": "true",
    // Twice the sign: Terraform writes it once, and Athena fills it in.
    "storage.location.template": "s3://${aws_s3_bucket.logs.bucket}/edge/$${hour}/",
  });
  const questions = resourcesOf(stack, "aws_athena_named_query").filter(([, { query }]) =>
    /FROM edge/.test(String(query)),
  );
  expect(questions).toHaveLength(3);
  for (const [, { query }] of questions) {
    const known = [...table.storage_descriptor.columns.map(({ name }) => name), "hour"];
    const used = ["path", "status", "bytes", "result", "viewer_country", "seconds_to_first_byte"].filter((column) => String(query).includes(column)); // prettier-ignore
    expect(known).toEqual(expect.arrayContaining(used));
    expect(query).toContain("hour >= "); // or the whole history is read, and paid for
  }
});

test("the trail covers every Region and the global services, is signed, and encrypted with the logs' key", () => {
  expect(resource(stack, "aws_cloudtrail.account")).toMatchObject({
    name: "vod-dev",
    s3_bucket_name: "${aws_s3_bucket.logs.bucket}",
    is_multi_region_trail: true,
    include_global_service_events: true,
    enable_log_file_validation: true,
    kms_key_id: "${aws_kms_key.logs.arn}",
    depends_on: ["aws_s3_bucket_policy.logs", "aws_kms_key_policy.logs"],
  });
  expect(resource(stack, "aws_s3_bucket.logs").bucket).toBe(BUCKET);
});

test("trail and edge log are there by setting", () => {
  const without = operating({ trail: false, edgeLogs: false, beacons: { ...dev.operate.beacons, enabled: false } })
    .document.resource;
  for (const type of [
    "aws_cloudtrail",
    "aws_cloudwatch_log_delivery",
    "aws_glue_catalog_table",
    "aws_athena_workgroup",
  ]) {
    expect([type, without[type]]).toEqual([type, undefined]);
  }
});
