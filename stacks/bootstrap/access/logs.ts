import type { Environment } from "../../../environments/environment";
import { bucketName } from "../../shared/private-bucket";
import { type Grant, of } from "./grant";

/** The log bucket's lock, what is delivered into it, and what is asked of it; none of the logs themselves. */
export function logs(environment: Environment): Grant[] {
  const { name, account, region } = environment;
  const arn = (service: string, resource: string): string => `arn:aws:${service}:${region}:${account}:${resource}`;
  const bucket = `arn:aws:s3:::${bucketName(environment, "logs")}`;
  return [
    {
      types: ["aws_s3_bucket_object_lock_configuration"],
      on: [bucket],
      change: ["s3:PutBucketObjectLockConfiguration"],
    },
    {
      types: ["aws_cloudtrail"],
      on: [arn("cloudtrail", `trail/vod-${name}`)],
      read: of("cloudtrail", "GetEventSelectors", "GetInsightSelectors", "GetTrail", "GetTrailStatus", "ListTags"),
      change: [
        ...of("cloudtrail", "AddTags", "CreateTrail", "DeleteTrail", "PutEventSelectors", "RemoveTags"),
        ...of("cloudtrail", "StartLogging", "StopLogging", "UpdateTrail"),
      ],
    },
    // Describing takes no resource.
    { types: [], on: ["*"], read: ["cloudtrail:DescribeTrails"] },
    {
      types: ["aws_kinesis_firehose_delivery_stream"],
      on: [arn("firehose", `deliverystream/vod-*-${name}`)],
      read: of("firehose", "DescribeDeliveryStream", "ListTagsForDeliveryStream"),
      change: [
        ...of("firehose", "CreateDeliveryStream", "DeleteDeliveryStream", "StartDeliveryStreamEncryption"),
        ...of("firehose", "StopDeliveryStreamEncryption", "TagDeliveryStream", "UntagDeliveryStream"),
        "firehose:UpdateDestination",
      ],
    },
    {
      types: ["aws_kinesis_stream"],
      on: [arn("kinesis", `stream/vod-*-${name}`)],
      read: of("kinesis", "DescribeStream", "DescribeStreamSummary", "ListTagsForResource", "ListTagsForStream"),
      change: [
        ...of("kinesis", "AddTagsToStream", "CreateStream", "DeleteStream", "RemoveTagsFromStream"),
        ...of("kinesis", "StartStreamEncryption", "StopStreamEncryption", "TagResource", "UntagResource"),
      ],
    },
    {
      types: ["aws_cloudfront_realtime_log_config"],
      on: [`arn:aws:cloudfront::${account}:realtime-log-config/vod-*-${name}`],
      read: ["cloudfront:GetRealtimeLogConfig"],
      change: of("cloudfront", "CreateRealtimeLogConfig", "DeleteRealtimeLogConfig", "UpdateRealtimeLogConfig"),
    },
    ...deliveries(environment),
    ...questions(environment),
  ];
}

/** In us-east-1; a delivery has a number for its name: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-V2-S3.html */
function deliveries({ name, account }: Environment): Grant[] {
  const arn = (resource: string): string => `arn:aws:logs:us-east-1:${account}:${resource}`;
  const pair = ["delivery-source", "delivery-destination"].map((kind) => arn(`${kind}:vod-*-${name}`));
  return [
    {
      types: ["aws_cloudwatch_log_delivery_source", "aws_cloudwatch_log_delivery_destination"],
      on: pair,
      read: of("logs", "GetDeliveryDestination", "GetDeliverySource", "ListTagsForResource"),
      change: [
        ...of("logs", "DeleteDeliveryDestination", "DeleteDeliverySource", "PutDeliveryDestination"),
        ...of("logs", "PutDeliverySource", "TagResource", "UntagResource"),
      ],
    },
    {
      types: ["aws_cloudwatch_log_delivery"],
      on: [arn("delivery:*"), ...pair],
      read: of("logs", "GetDelivery", "ListTagsForResource"),
      change: of("logs", "CreateDelivery", "DeleteDelivery", "TagResource", "UpdateDeliveryConfiguration"),
    },
    // CloudFront asks whether its logs may be delivered.
    {
      types: [],
      on: [`arn:aws:cloudfront::${account}:distribution/*`],
      change: ["cloudfront:AllowVendedLogDeliveryForResource"],
    },
  ];
}

function questions({ name, account, region }: Environment): Grant[] {
  const arn = (service: string, resource: string): string => `arn:aws:${service}:${region}:${account}:${resource}`;
  const catalogue = [
    arn("glue", "catalog"),
    arn("glue", `database/vod_logs_${name}`),
    arn("glue", `table/vod_logs_${name}/*`),
  ];
  return [
    {
      types: ["aws_cloudwatch_dashboard"],
      on: [`arn:aws:cloudwatch::${account}:dashboard/vod-${name}`],
      read: ["cloudwatch:GetDashboard"],
      change: of("cloudwatch", "DeleteDashboards", "PutDashboard"),
    },
    {
      // Saved questions have no resource that a policy could narrow to.
      types: ["aws_cloudwatch_query_definition"],
      on: ["*"],
      read: ["logs:DescribeQueryDefinitions"],
      change: of("logs", "DeleteQueryDefinition", "PutQueryDefinition"),
    },
    {
      types: ["aws_athena_workgroup", "aws_athena_named_query"],
      on: [arn("athena", `workgroup/vod-logs-${name}`)],
      read: of("athena", "GetNamedQuery", "GetWorkGroup", "ListTagsForResource"),
      change: [
        ...of("athena", "CreateNamedQuery", "CreateWorkGroup", "DeleteNamedQuery", "DeleteWorkGroup", "TagResource"),
        ...of("athena", "UntagResource", "UpdateWorkGroup"),
      ],
    },
    {
      types: ["aws_glue_catalog_database", "aws_glue_catalog_table"],
      on: catalogue,
      read: of("glue", "GetDatabase", "GetPartitionIndexes", "GetTable", "GetTags"),
      change: [
        ...of("glue", "CreateDatabase", "CreateTable", "DeleteDatabase", "DeleteTable", "TagResource", "UntagResource"),
        ...of("glue", "UpdateDatabase", "UpdateTable"),
      ],
    },
  ];
}
