import type { Environment } from "../../environments/environment";
import { METRIC_DIMENSION, METRIC_NAMESPACE, type Metric as HandlerMetric } from "../../handlers/shared/metrics";
import type { Metric } from "./alarm";

/** A metric that the handlers emit. */
export function handled({ name }: Environment, metricName: HandlerMetric, stat = "Sum"): Metric {
  return { namespace: METRIC_NAMESPACE, metricName, dimensions: { [METRIC_DIMENSION]: name }, stat };
}

/** https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html */
export function functionMetric(FunctionName: string, metricName: string, stat = "Sum"): Metric {
  return { namespace: "AWS/Lambda", metricName, dimensions: { FunctionName }, stat };
}

/** Messages that wait in a queue: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html */
export function waitingIn(QueueName: string): Metric {
  const metricName = "ApproximateNumberOfMessagesVisible";
  return { namespace: "AWS/SQS", metricName, dimensions: { QueueName }, stat: "Maximum" };
}

/** Of the transcoding queue, by ARN: https://docs.aws.amazon.com/mediaconvert/latest/ug/cloudwatch_metrics.html */
export function jobs(Queue: string, metricName: "JobsCompletedCount" | "JobsErroredCount"): Metric {
  return { namespace: "AWS/MediaConvert", metricName, dimensions: { Queue }, stat: "Sum" };
}

/** MediaPackage counts by configuration: https://docs.aws.amazon.com/mediapackage/latest/ug/metrics-vod.html */
export function egressRequests(PackagingConfiguration: string, StatusCodeRange?: "2xx" | "4xx" | "5xx"): Metric {
  const dimensions = { PackagingConfiguration, ...(StatusCodeRange && { StatusCodeRange }) };
  return { namespace: "AWS/MediaPackage", metricName: "EgressRequestCount", dimensions, stat: "Sum" };
}

/** Milliseconds. */
export function egressTime(PackagingConfiguration: string): Metric {
  const dimensions = { PackagingConfiguration };
  return { namespace: "AWS/MediaPackage", metricName: "EgressResponseTime", dimensions, stat: "Average" };
}

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/programming-cloudwatch-metrics.html */
export function edgeMetric(DistributionId: string, metricName: string, stat: string): Metric {
  return { namespace: "AWS/CloudFront", metricName, dimensions: { DistributionId, Region: "Global" }, stat };
}

/** https://docs.aws.amazon.com/waf/latest/developerguide/waf-metrics.html; for CloudFront there is no dimension Region. */
export function firewallMetric(WebACL: string, metricName: "AllowedRequests" | "BlockedRequests"): Metric {
  return { namespace: "AWS/WAFV2", metricName, dimensions: { WebACL, Rule: "ALL" }, stat: "Sum" };
}

/** The share of a stream's writes into S3 that succeed: https://docs.aws.amazon.com/firehose/latest/dev/monitoring-with-cloudwatch-metrics.html */
export function deliveries(DeliveryStreamName: string): Metric {
  return { namespace: "AWS/Firehose", metricName: "DeliveryToS3.Success", dimensions: { DeliveryStreamName }, stat: "Average" }; // prettier-ignore
}
