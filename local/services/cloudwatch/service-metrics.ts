import type { EventEntry } from "../../kernel/event-bus";
import type { Measure } from "./metric-store";

/** An invocation as Lambda counts it. */
export function measureInvocation(measure: Measure, FunctionName: string, failed: boolean, at: number): void {
  const common = { namespace: "AWS/Lambda", dimensions: { FunctionName }, at };
  measure({ ...common, name: "Invocations", value: 1 });
  measure({ ...common, name: "Errors", value: failed ? 1 : 0 });
}

const JOB_METRICS: Readonly<Record<string, string>> = {
  COMPLETE: "JobsCompletedCount",
  ERROR: "JobsErroredCount",
  CANCELED: "JobsCanceledCount",
};

/** The end of a job as MediaConvert counts it, told by its event. */
export function measureJob(measure: Measure, { source, detail }: EventEntry, at: number): void {
  const name = source === "aws.mediaconvert" ? JOB_METRICS[String(detail.status)] : undefined;
  if (!name) return;
  measure({ namespace: "AWS/MediaConvert", name, dimensions: { Queue: String(detail.queue) }, value: 1, at });
}

/** A request of MediaPackage's egress, counted by configuration, and by configuration and kind of status. */
export function measureEgress(measure: Measure, PackagingConfiguration: string, status: number, at: number): void {
  const common = { namespace: "AWS/MediaPackage", name: "EgressRequestCount", value: 1, at };
  const StatusCodeRange = `${Math.floor(status / 100)}xx`;
  measure({ ...common, dimensions: { PackagingConfiguration } });
  measure({ ...common, dimensions: { PackagingConfiguration, StatusCodeRange } });
}

/** How many messages can be received from a queue. */
export function measureQueue(measure: Measure, QueueName: string, visible: number, at: number): void {
  const name = "ApproximateNumberOfMessagesVisible";
  measure({ namespace: "AWS/SQS", name, dimensions: { QueueName }, value: visible, at });
}

/** A delivery to S3 as Firehose counts it: the share that succeeds. */
export function measureDelivery(measure: Measure, DeliveryStreamName: string, delivered: boolean, at: number): void {
  const value = delivered ? 1 : 0;
  measure({ namespace: "AWS/Firehose", name: "DeliveryToS3.Success", dimensions: { DeliveryStreamName }, value, at });
}
