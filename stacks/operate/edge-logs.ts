import type { CloudfrontDistribution } from "@cdktf/provider-aws/lib/cloudfront-distribution";
import { CloudwatchLogDelivery } from "@cdktf/provider-aws/lib/cloudwatch-log-delivery";
import { CloudwatchLogDeliveryDestination } from "@cdktf/provider-aws/lib/cloudwatch-log-delivery-destination";
import { CloudwatchLogDeliverySource } from "@cdktf/provider-aws/lib/cloudwatch-log-delivery-source";
import type { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Construct } from "constructs";
import type { Environment } from "../../environments/environment";
import { EDGE_LOG_FIELDS, EDGE_LOG_HOURS } from "./edge-log-fields";
import { edgeLogsName, type LogBucket } from "./log-bucket";

export interface EdgeLogsProps {
  readonly environment: Environment;
  /** CloudFront's log delivery is set up in us-east-1, whatever the bucket's Region. */
  readonly edgeProvider: AwsProvider;
  readonly distribution: CloudfrontDistribution;
  readonly bucket: LogBucket;
}

/** The edge's access logs (standard logging, version 2: no access lists, and only the fields that are asked for). */
export class EdgeLogs extends Construct {
  constructor(scope: Construct, id: string, { environment, edgeProvider, distribution, bucket }: EdgeLogsProps) {
    super(scope, id);
    const provider = edgeProvider;
    const name = edgeLogsName(environment);
    const source = new CloudwatchLogDeliverySource(this, "edge:source", {
      provider,
      name,
      logType: "ACCESS_LOGS",
      resourceArn: distribution.arn,
    });
    const destination = new CloudwatchLogDeliveryDestination(this, "edge:destination", {
      provider,
      name,
      outputFormat: "json",
      // With a folder in the address, AWS puts none of its own before the suffix.
      deliveryDestinationConfiguration: [{ destinationResourceArn: bucket.edgeFolder }],
      dependsOn: [bucket.policy, ...bucket.key.policy],
    });
    new CloudwatchLogDelivery(this, "edge:delivery", {
      provider,
      deliverySourceName: source.name,
      deliveryDestinationArn: destination.arn,
      recordFields: Object.keys(EDGE_LOG_FIELDS),
      s3DeliveryConfiguration: [{ suffixPath: `/${EDGE_LOG_HOURS}`, enableHiveCompatiblePath: false }],
    });
  }
}
