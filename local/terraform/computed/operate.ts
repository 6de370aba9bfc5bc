import type { Attributes, Instance } from "./instance";

const deliveryArn = (it: Instance, kind: string) => it.arn("logs", `${kind}:${it.text("name")}`);
const trailArn = (it: Instance) => it.arn("cloudtrail", `trail/${it.text("name")}`);
const streamArn = (it: Instance) => it.arn("firehose", `deliverystream/${it.text("name")}`);
const shardedArn = (it: Instance) => it.arn("kinesis", `stream/${it.text("name")}`);
const configArn = (it: Instance) => it.arn("cloudfront", `realtime-log-config/${it.text("name")}`, { region: "" });
const workgroupArn = (it: Instance) => it.arn("athena", `workgroup/${it.text("name")}`);

/** Logs that are delivered elsewhere, what they are asked with, and the account's records. */
export const operate: Readonly<Record<string, Attributes>> = {
  aws_athena_named_query: { id: (it) => it.uuid() },
  aws_athena_workgroup: { id: (it) => it.text("name"), arn: workgroupArn },
  aws_cloudtrail: { id: trailArn, arn: trailArn, home_region: (it) => it.region },
  aws_cloudwatch_log_delivery: { id: (it) => it.hex(16) },
  aws_cloudwatch_log_delivery_destination: { arn: (it) => deliveryArn(it, "delivery-destination") },
  aws_cloudwatch_log_delivery_source: { arn: (it) => deliveryArn(it, "delivery-source") },
  aws_cloudwatch_query_definition: { id: (it) => it.uuid(), query_definition_id: (it) => it.uuid() },
  aws_kinesis_firehose_delivery_stream: { id: streamArn, arn: streamArn },
  aws_cloudfront_realtime_log_config: { id: configArn, arn: configArn },
  aws_kinesis_stream: { id: shardedArn, arn: shardedArn },
  aws_glue_catalog_database: { id: (it) => `${it.account}:${it.text("name")}` },
  aws_glue_catalog_table: { id: (it) => `${it.account}:${it.text("database_name")}:${it.text("name")}` },
};
