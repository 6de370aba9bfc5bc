import { CloudfrontRealtimeLogConfig } from "@cdktf/provider-aws/lib/cloudfront-realtime-log-config";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { KinesisStream } from "@cdktf/provider-aws/lib/kinesis-stream";
import { Construct } from "constructs";
import type { Environment } from "../../environments/environment";
import { allow, policyDocument, serviceTrust } from "../shared/policy";
import { deliverToBucket } from "./bucket-delivery";
import type { LogBucket } from "./log-bucket";
import { REALTIME_LOG_FIELDS } from "./realtime-log-fields";

export interface RealtimeLogsProps {
  readonly environment: Environment;
  readonly bucket: LogBucket;
  /** Share of the requests that are recorded, in whole percent. */
  readonly samplePercent: number;
}

/** The shortest that is worth a file's price; what is seconds old is read from the stream itself. */
const BUFFER_SECONDS = 60;
const BUFFER_MEBIBYTES = 16;

/** What the edge answers, seconds later: into a stream that anything may read, and from it into the log bucket. */
export class RealtimeLogs extends Construct {
  /** Names the configuration to a behaviour of the distribution. */
  readonly arn: string;

  constructor(scope: Construct, id: string, { environment, bucket, samplePercent }: RealtimeLogsProps) {
    super(scope, id);
    const name = `vod-edge-now-${environment.name}`;
    const stream = new KinesisStream(this, "edge_now:stream", {
      name,
      // Grows with the audience: by shards, CloudFront's records would be throttled away on the evening that matters.
      streamModeDetails: { streamMode: "ON_DEMAND" },
      retentionPeriod: 24,
      encryptionType: "KMS",
      kmsKeyId: bucket.key.arn,
    });
    this.arn = this.record(environment, bucket, stream, samplePercent);
    deliverToBucket(this, "edge_now", {
      environment,
      bucket,
      folder: "edge-now",
      name,
      bufferSeconds: BUFFER_SECONDS,
      bufferMebibytes: BUFFER_MEBIBYTES,
      // https://docs.aws.amazon.com/firehose/latest/dev/controlling-access.html#using-iam-kinesis
      reads: [
        allow(
          ["kinesis:DescribeStream", "kinesis:GetShardIterator", "kinesis:GetRecords", "kinesis:ListShards"],
          [stream.arn],
        ),
        bucket.key.through("kinesis", "Decrypt"),
      ],
      // Encrypted by the stream that it reads; Firehose refuses a key of its own beside it.
      intake: (roleArn) => ({ kinesisSourceConfiguration: { kinesisStreamArn: stream.arn, roleArn } }),
    });
  }

  /** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/real-time-logs.html#understand-real-time-log-config-iam-role */
  private record(environment: Environment, bucket: LogBucket, stream: KinesisStream, samplingRate: number): string {
    const role = new IamRole(this, "edge_records:role", {
      name: `vod-edge-records-${environment.name}`,
      assumeRolePolicy: serviceTrust("cloudfront.amazonaws.com"),
    });
    const put = ["DescribeStreamSummary", "DescribeStream", "PutRecord", "PutRecords"];
    const policy = new IamRolePolicy(this, "edge_records:policy", {
      name: "record",
      role: role.name,
      policy: policyDocument([
        allow(
          put.map((action) => `kinesis:${action}`),
          [stream.arn],
        ),
        bucket.key.through("kinesis", "GenerateDataKey"),
      ]),
    });
    const config = new CloudfrontRealtimeLogConfig(this, "media", {
      name: `vod-media-${environment.name}`,
      samplingRate,
      fields: Object.keys(REALTIME_LOG_FIELDS),
      endpoint: {
        streamType: "Kinesis",
        kinesisStreamConfig: { roleArn: role.arn, streamArn: stream.arn },
      },
      // The distribution lets go of it first.
      lifecycle: { createBeforeDestroy: true },
      dependsOn: [policy],
    });
    return config.arn;
  }
}
