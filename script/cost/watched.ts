import type { Resources } from "../stack-resources";

export interface Watched {
  /** Metrics that alarms evaluate: what an alarm is billed by. An anomaly band counts as two more. */
  readonly alarmMetrics: number;
  readonly compositeAlarms: number;
  readonly dashboards: number;
  /** Metrics that are not AWS's own, as far as an alarm reads them, and CloudFront's additional ones. */
  readonly ownMetrics: number;
}

interface Query {
  readonly expression?: string;
  readonly metric?: { readonly namespace: string; readonly metric_name: string };
}

/**
 * Hit ratio, origin latency, and the error rates of six status codes:
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/viewing-cloudfront-metrics.html
 */
const ADDITIONAL_METRICS = 8;

export function watched(resources: Resources): Watched {
  const count = (type: string) => Object.keys(resources[type] ?? {}).length;
  const alarms = Object.values(resources.aws_cloudwatch_metric_alarm ?? {});
  const metrics = alarms.map(({ namespace, metric_name, metric_query }) =>
    metric_query === undefined
      ? { read: [`${String(namespace)} ${String(metric_name)}`], bands: 0 }
      : readBy(metric_query as Query[]),
  );
  const own = metrics.flatMap(({ read }) => read).filter((name) => !name.startsWith("AWS/"));
  return {
    alarmMetrics: metrics.reduce((sum, { read, bands }) => sum + read.length + 2 * bands, 0),
    compositeAlarms: count("aws_cloudwatch_composite_alarm"),
    dashboards: count("aws_cloudwatch_dashboard"),
    ownMetrics: new Set(own).size + count("aws_cloudfront_monitoring_subscription") * ADDITIONAL_METRICS,
  };
}

function readBy(queries: readonly Query[]): { read: string[]; bands: number } {
  return {
    read: queries.flatMap(({ metric }) => (metric ? [`${metric.namespace} ${metric.metric_name}`] : [])),
    bands: queries.filter(({ expression }) => expression?.startsWith("ANOMALY_DETECTION_BAND")).length,
  };
}
