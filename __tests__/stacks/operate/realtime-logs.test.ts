import { EDGE_LOG_FIELDS } from "../../../stacks/operate/edge-log-fields";
import { REALTIME_LOG_FIELDS } from "../../../stacks/operate/realtime-log-fields";
import { environment, resource, resourcesOf, statements, synthesised, type Values } from "../../support/synthesised";

const dev = environment("dev");
const transcode = { ...dev.transcode, download: "480p" } as const;
const stack = synthesised({ ...dev, transcode, operate: { ...dev.operate, realtimeLogsPercent: 5 } });
const STREAM = "${aws_kinesis_stream.edge_now.arn}";
const KEY = "${aws_kms_key.logs.arn}";
const via = (service: string) => ({ StringEquals: { "kms:ViaService": `${service}.eu-west-1.amazonaws.com` } });
const granted = (policy: string) => statements(resource(stack, `aws_iam_role_policy.${policy}`).policy);

test("unless it is set, nothing of it is there", () => {
  const { document } = synthesised(dev);
  expect(document.resource.aws_kinesis_stream).toBeUndefined();
  expect(document.resource.aws_cloudfront_realtime_log_config).toBeUndefined();
  expect(JSON.stringify(document)).not.toMatch(/realtime_log_config|edge.(now|records)|failures.now/);
});

test("a sample of the requests for titles goes to the stream, and of no others: a file's address has a signature in it", () => {
  expect(resource(stack, "aws_cloudfront_realtime_log_config.media")).toMatchObject({
    name: "vod-media-dev",
    sampling_rate: 5,
    endpoint: {
      stream_type: "Kinesis",
      kinesis_stream_config: { role_arn: "${aws_iam_role.edge_records.arn}", stream_arn: STREAM },
    },
    depends_on: ["aws_iam_role_policy.edge_records"],
    lifecycle: { create_before_destroy: true },
  });
  const distribution = resource(stack, "aws_cloudfront_distribution.vod");
  const routes = distribution.ordered_cache_behavior as Values[];
  const recorded = routes.filter((route) => "realtime_log_config_arn" in route);
  expect(recorded.map(({ path_pattern }) => path_pattern)).toEqual(["/v1/*.m3u8", "/v1/*.mpd", "/v1/*"]);
  for (const route of recorded) {
    expect(route.realtime_log_config_arn).toBe("${aws_cloudfront_realtime_log_config.media.arn}");
  }
  expect(routes.map(({ path_pattern }) => path_pattern)).toContain("/downloads/*");
  expect(distribution.default_cache_behavior).not.toHaveProperty("realtime_log_config_arn");
});

test("it records what the edge's log holds, and no cookie, query, header or referring address", () => {
  const { fields } = resource(stack, "aws_cloudfront_realtime_log_config.media") as { fields: string[] };
  expect(fields).toEqual(Object.keys(REALTIME_LOG_FIELDS));
  expect(fields.filter((field) => /cookie|query|header|referer|authorization/i.test(field))).toEqual([]);
  const clock = ["day_utc", "time_utc"];
  const known = Object.values(EDGE_LOG_FIELDS).filter((column) => !clock.includes(column));
  expect(Object.values(REALTIME_LOG_FIELDS).sort()).toEqual([...known, "timestamp_seconds"].sort());
});

test("the stream grows by itself, keeps a day, and is encrypted with the logs' key", () => {
  expect(resource(stack, "aws_kinesis_stream.edge_now")).toMatchObject({
    name: "vod-edge-now-dev",
    stream_mode_details: { stream_mode: "ON_DEMAND" },
    retention_period: 24,
    encryption_type: "KMS",
    kms_key_id: KEY,
  });
});

test("CloudFront's role writes into that stream and does nothing else", () => {
  expect(statements(resource(stack, "aws_iam_role.edge_records").assume_role_policy)).toEqual([
    { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "cloudfront.amazonaws.com" } },
  ]);
  const put = ["DescribeStreamSummary", "DescribeStream", "PutRecord", "PutRecords"];
  expect(granted("edge_records")).toEqual([
    { Effect: "Allow", Action: put.map((action) => `kinesis:${action}`), Resource: [STREAM] },
    { Effect: "Allow", Action: ["kms:GenerateDataKey"], Resource: [KEY], Condition: via("kinesis") },
  ]);
});

test("Firehose reads it and writes compressed files by the hour into a folder of its own, which expires as the logs do", () => {
  const delivery = resource(stack, "aws_kinesis_firehose_delivery_stream.edge_now");
  expect(delivery).toMatchObject({
    name: "vod-edge-now-dev",
    kinesis_source_configuration: { kinesis_stream_arn: STREAM, role_arn: "${aws_iam_role.edge_now.arn}" },
    extended_s3_configuration: {
      role_arn: "${aws_iam_role.edge_now.arn}",
      bucket_arn: "${aws_s3_bucket.logs.arn}",
      prefix: "edge-now/!{timestamp:yyyy/MM/dd/HH}/",
      error_output_prefix: "edge-now/errors/!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd/HH}/",
      buffering_interval: 60,
      buffering_size: 16,
      compression_format: "GZIP",
      kms_key_arn: KEY,
    },
    depends_on: ["aws_iam_role_policy.edge_now"],
  });
  expect(delivery).not.toHaveProperty("server_side_encryption"); // which AWS refuses beside a stream as source
  expect(granted("edge_now").map(({ Action, Resource, Condition }) => [Action, Resource, Condition])).toEqual([
    [["s3:PutObject", "s3:AbortMultipartUpload", "s3:GetObject"], ["${aws_s3_bucket.logs.arn}/edge-now/*"], undefined],
    [
      ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"],
      ["${aws_s3_bucket.logs.arn}"],
      undefined,
    ],
    [["kms:GenerateDataKey", "kms:Decrypt"], [KEY], via("s3")],
    [
      ["kinesis:DescribeStream", "kinesis:GetShardIterator", "kinesis:GetRecords", "kinesis:ListShards"],
      [STREAM],
      undefined,
    ],
    [["kms:Decrypt"], [KEY], via("kinesis")],
  ]);
  const rules = resource(stack, "aws_s3_bucket_lifecycle_configuration.logs").rule as Values[];
  expect(rules.find(({ id }) => id === "expire-edge-now")).toMatchObject({
    filter: [{ prefix: "edge-now/" }],
    expiration: [{ days: 365 }],
  });
});

test("Athena reads its lines by position, in the order in which CloudFront writes fields", () => {
  const table = resource(stack, "aws_glue_catalog_table.edge_now") as Values & {
    storage_descriptor: { columns: { name: string; type: string }[] };
  };
  expect(table.storage_descriptor).toMatchObject({
    columns: [
      { name: "timestamp_seconds", type: "double" },
      { name: "viewer_address", type: "string" },
      { name: "seconds_to_first_byte", type: "double" },
      { name: "status", type: "int" },
      { name: "bytes", type: "bigint" },
      { name: "method", type: "string" },
      { name: "path", type: "string" },
      { name: "edge_location", type: "string" },
      { name: "request_id", type: "string" },
      { name: "seconds", type: "double" },
      { name: "user_agent", type: "string" },
      { name: "result", type: "string" },
      { name: "detailed_result", type: "string" },
      { name: "viewer_country", type: "string" },
    ],
    location: "s3://${aws_s3_bucket.logs.bucket}/edge-now/",
    ser_de_info: {
      serialization_library: "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe",
      parameters: { "field.delim": "\t", "serialization.format": "\t" },
    },
  });
  const location = "s3://${aws_s3_bucket.logs.bucket}/edge-now/$${hour}/";
  expect(table.parameters).toMatchObject({ "storage.location.template": location });
  const asked = resourcesOf(stack, "aws_athena_named_query").filter(([, { query }]) => /FROM edge_now/.test(String(query))); // prettier-ignore
  expect(asked.map(([name]) => name)).toEqual(["failures_now", "slow_titles_now"]);
  for (const [, { query }] of asked) expect(query).toContain("hour >= "); // or the whole history is read, and paid for
});
