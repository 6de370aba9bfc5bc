import type {
  CloudwatchMetricAlarmConfig,
  CloudwatchMetricAlarmMetricQuery,
} from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";

/** What is compared with what; who is told is not a matter of one alarm. */
export type Watch = Omit<
  CloudwatchMetricAlarmConfig,
  "alarmName" | "alarmDescription" | "alarmActions" | "okActions" | "provider"
>;

export interface Alarm {
  /** What failed, in a sentence. */
  readonly failed: string;
  readonly watch: Watch;
  /** Viewers cannot watch: it wakes somebody. */
  readonly pages?: true;
}

/** Why something is not watched. */
export interface Declined {
  readonly declined: string;
}

/** The same, by name. */
export interface Unwatched {
  readonly name: string;
  readonly reason: string;
}

/** Every alarm of a list, or the reason why it is not there: leaving one out does not compile. */
export type Alarms<Name extends string> = Readonly<Record<Name, Alarm | Declined>>;

/** A metric as an alarm reads it. */
export interface Metric {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly stat: string;
}

export interface Limit {
  readonly seconds: number;
  /** Of the last so many periods, all must be beyond the threshold; one unless given. */
  readonly periods?: number;
  readonly above?: number;
  readonly below?: number;
  /** What no data means; that all is well, unless given. */
  readonly missing?: "notBreaching" | "breaching";
}

/** One metric beyond a threshold. */
export function metric({ stat, dimensions, ...names }: Metric, limit: Limit): Watch {
  const statistic = /^p\d/.test(stat) ? { extendedStatistic: stat } : { statistic: stat };
  return { ...names, ...statistic, dimensions: { ...dimensions }, period: limit.seconds, ...comparison(limit) };
}

/**
 * A formula over metrics beyond a threshold, such as a share that counts only once there is enough to count
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html).
 */
export function formula(expression: string, metrics: Readonly<Record<string, Metric>>, limit: Limit): Watch {
  const queries: CloudwatchMetricAlarmMetricQuery[] = Object.entries(metrics).map(([id, { dimensions, ...rest }]) => ({
    id,
    metric: { ...rest, dimensions: { ...dimensions }, period: limit.seconds },
    returnData: false,
  }));
  return {
    metricQuery: [{ id: "result", expression, label: expression, returnData: true }, ...queries],
    ...comparison(limit),
  };
}

/** What departs upwards from two weeks' habit by `width` standard deviations. */
export function unusual({ dimensions, ...names }: Metric, width: number, seconds: number, periods: number): Watch {
  return {
    metricQuery: [
      { id: "habit", expression: `ANOMALY_DETECTION_BAND(now, ${width})`, label: "Habit", returnData: true },
      { id: "now", metric: { ...names, dimensions: { ...dimensions }, period: seconds }, returnData: true },
    ],
    thresholdMetricId: "habit",
    comparisonOperator: "GreaterThanUpperThreshold",
    evaluationPeriods: periods,
    treatMissingData: "notBreaching",
  };
}

function comparison({ periods = 1, above, below, missing = "notBreaching" }: Limit) {
  return {
    comparisonOperator: above === undefined ? "LessThanThreshold" : "GreaterThanThreshold",
    threshold: above ?? below,
    evaluationPeriods: periods,
    treatMissingData: missing,
  };
}
