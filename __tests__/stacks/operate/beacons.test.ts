import { BEACON_COLUMNS } from "../../../handlers/shared/beacon-record";
import { environment, resource, resourcesOf, statements, synthesised, type Values } from "../../support/synthesised";

const dev = environment("dev");
const reporting = (changes: object, operate: object = {}) =>
  synthesised({ ...dev, operate: { ...dev.operate, ...operate, beacons: { ...dev.operate.beacons, ...changes } } });
const stack = reporting({ sampleShare: 0.25, everySeconds: 30 });

test("beacons come in through the API with a token, and go on to the stream, which is all that their handler may use", () => {
  expect(resource(stack, "aws_apigatewayv2_route.receive_beacons")).toMatchObject({
    route_key: "POST /api/beacons",
    authorization_type: "JWT",
  });
  const { variables } = resource(stack, "aws_lambda_function.receive_beacons").environment as { variables: Values };
  expect(variables).toMatchObject({
    STREAM_NAME: "${aws_kinesis_firehose_delivery_stream.beacons.name}",
    SAMPLE_SHARE: "0.25",
  });
  const granted = statements(resource(stack, "aws_iam_role_policy.receive_beacons").policy);
  expect(granted.filter(({ Action }) => !/^(logs|xray):/.test(String(Action)))).toEqual([
    {
      Effect: "Allow",
      Action: ["firehose:PutRecordBatch"],
      Resource: ["${aws_kinesis_firehose_delivery_stream.beacons.arn}"],
    },
  ]);
});

test("the stream is encrypted, and writes compressed files by the hour into its folder of the log bucket", () => {
  expect(resource(stack, "aws_kinesis_firehose_delivery_stream.beacons")).toMatchObject({
    name: "vod-beacons-dev",
    destination: "extended_s3",
    server_side_encryption: { enabled: true, key_type: "CUSTOMER_MANAGED_CMK", key_arn: "${aws_kms_key.data.arn}" },
    extended_s3_configuration: {
      role_arn: "${aws_iam_role.beacons.arn}",
      bucket_arn: "${aws_s3_bucket.logs.arn}",
      prefix: "beacons/!{timestamp:yyyy/MM/dd/HH}/",
      error_output_prefix: "beacons/errors/!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd/HH}/",
      buffering_interval: 300,
      buffering_size: 64,
      compression_format: "GZIP",
      kms_key_arn: "${aws_kms_key.logs.arn}",
    },
    depends_on: ["aws_iam_role_policy.beacons"],
  });
  const rules = resource(stack, "aws_s3_bucket_lifecycle_configuration.logs").rule as Values[];
  expect(rules.find(({ id }) => id === "expire-beacons")).toMatchObject({
    filter: [{ prefix: "beacons/" }],
    expiration: [{ days: 365 }],
  });
});

test("the stream's role trusts Firehose for this account alone, and reaches no other folder", () => {
  expect(statements(resource(stack, "aws_iam_role.beacons").assume_role_policy)).toEqual([
    {
      Effect: "Allow",
      Action: "sts:AssumeRole",
      Principal: { Service: "firehose.amazonaws.com" },
      Condition: { StringEquals: { "aws:SourceAccount": "111111111111" } },
    },
  ]);
  const granted = statements(resource(stack, "aws_iam_role_policy.beacons").policy);
  expect(granted.map(({ Action, Resource }) => [Action, Resource])).toEqual([
    [["s3:PutObject", "s3:AbortMultipartUpload", "s3:GetObject"], ["${aws_s3_bucket.logs.arn}/beacons/*"]],
    [["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"], ["${aws_s3_bucket.logs.arn}"]],
    [["kms:GenerateDataKey", "kms:Decrypt"], ["${aws_kms_key.logs.arn}"]],
  ]);
});

test("Athena reads each column of a beacon by hour, and every saved question counts an event once", () => {
  const table = resource(stack, "aws_glue_catalog_table.beacons") as Values & {
    storage_descriptor: { columns: { name: string; type: string }[] };
  };
  const columns = Object.entries(BEACON_COLUMNS).map(([name, type]) => ({ name, type }));
  expect(table.storage_descriptor.columns).toEqual(columns);
  expect(table.parameters).toMatchObject({
    "projection.hour.format": "yyyy/MM/dd/HH",
    "storage.location.template": "s3://${aws_s3_bucket.logs.bucket}/beacons/$${hour}/",
  });
  const questions = resourcesOf(stack, "aws_athena_named_query").filter(([, { query }]) => String(query).includes("beacons")); // prettier-ignore
  expect(questions.map(([name]) => name)).toEqual([
    "playback_errors",
    "plays_by_country",
    "plays_by_device",
    "popular_titles",
    "rebuffering_by_country",
    "rebuffering_by_rendition",
    "start_up_seconds",
  ]);
  const known = new Set([...columns.map(({ name }) => name), "hour", "row_number"]);
  for (const [name, { query }] of questions) {
    expect(query).toContain("PARTITION BY session_id, event_number");
    expect(query).toContain("copy = 1");
    expect(query).toContain("hour >= "); // or the whole history is read, and paid for
    const used = [...String(query).matchAll(/\b[a-z]+_(?:id|seconds|share|number|rendition|at)\b/g)].map(([column]) => column); // prettier-ignore
    expect([name, used.filter((column) => !known.has(column))]).toEqual([name, []]);
  }
});

test("the page is told how often to report and what share of playbacks does, and nothing where nothing is reported", () => {
  const config = (of: typeof stack) => JSON.parse(resource(of, "aws_s3_object.player_config").content as string) as Values; // prettier-ignore
  expect(config(stack).beacons).toEqual({ everySeconds: 30, sampleShare: 0.25 });
  expect(config(reporting({ enabled: false })).beacons).toBeUndefined();
});

test("the API sees the kind of device only where it is asked for, as CloudFront found it", () => {
  const seen = (of: typeof stack) =>
    ((resource(of, "aws_cloudfront_origin_request_policy.api").headers_config as Values).headers as { items: string[] }).items; // prettier-ignore
  const devices = ["SmartTV", "Tablet", "Mobile", "Desktop"].map((device) => `CloudFront-Is-${device}-Viewer`);
  expect(seen(stack)).toEqual(expect.arrayContaining(devices));
  expect(seen(stack).length).toBeLessThanOrEqual(10);
  expect(seen(reporting({ enabled: false }))).toEqual(["CloudFront-Viewer-Address", "CloudFront-Viewer-Country"]);
});

test("without beacons there is no stream, no function, no table and no alarm, and the edge's log has its own all the same", () => {
  const { document } = reporting({ enabled: false });
  expect(document.resource.aws_kinesis_firehose_delivery_stream).toBeUndefined();
  expect(JSON.stringify(document.resource)).not.toContain("receive_beacons");
  expect(Object.keys(document.resource.aws_glue_catalog_table ?? {})).toEqual(["edge"]);
  expect(document.resource.aws_cloudwatch_metric_alarm).not.toHaveProperty("beacons_undelivered");
  const alone = reporting({}, { edgeLogs: false });
  expect(resourcesOf(alone, "aws_glue_catalog_table").map(([name]) => name)).toEqual(["beacons"]);
});
