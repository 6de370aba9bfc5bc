import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { Construct } from "constructs";
import type { Environment } from "../../environments/environment";
import type { DeadLetters } from "../shared/dead-letters";
import type { StorageKey } from "../shared/storage-key";

export interface OperateProps {
  readonly environment: Environment;
  readonly key: StorageKey;
  /** Every queue in which an event can be stranded. */
  readonly deadLetters: readonly DeadLetters[];
}

/** Operate: nothing is stranded silently. */
export class Operate extends Construct {
  constructor(scope: Construct, id: string, { environment, key, deadLetters }: OperateProps) {
    super(scope, id);
    const topic = new SnsTopic(this, "operators", {
      name: `vod-operators-${environment.name}`,
      kmsMasterKeyId: key.arn,
    });
    for (const queue of deadLetters) {
      new CloudwatchMetricAlarm(this, `${queue.handler}_dead_letters`, {
        alarmName: queue.queueName,
        alarmDescription:
          "An event could not be handled and waits in the dead-letter queue: read it, mend the cause, send it again.",
        namespace: "AWS/SQS",
        metricName: "ApproximateNumberOfMessagesVisible",
        dimensions: { QueueName: queue.queueName },
        statistic: "Maximum",
        period: 60,
        evaluationPeriods: 1,
        comparisonOperator: "GreaterThanThreshold",
        threshold: 0,
        treatMissingData: "notBreaching",
        alarmActions: [topic.arn],
      });
    }
  }
}
