import { LOG_CODES, type LogCode } from "./log-codes";

export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

/** Writes one message of the catalogue. Fields are ids, counts and reasons; never tokens, cookies or whole events. */
export type Log = (code: LogCode, fields?: LogFields) => void;

/** Namespace of the metrics that log lines carry. */
export const METRIC_NAMESPACE = "Vod";

/**
 * One JSON line a message. Where the catalogue names a metric, the line is in CloudWatch's embedded metric format
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html),
 * which needs no call and no permission.
 */
export function jsonLog(handler: string, now: () => number, write: (line: string) => void): Log {
  return (code, fields = {}) => {
    const entry: { level: string; message: string; metric?: string } = LOG_CODES[code];
    const { level, message, metric } = entry;
    const line = { ...fields, level, code, message, handler, time: new Date(now()).toISOString() };
    write(JSON.stringify(metric ? { ...line, ...counted(metric, now()) } : line));
  };
}

function counted(metric: string, timestamp: number) {
  const directive = {
    Namespace: METRIC_NAMESPACE,
    Dimensions: [["handler"]],
    Metrics: [{ Name: metric, Unit: "Count" }],
  };
  return { [metric]: 1, _aws: { Timestamp: timestamp, CloudWatchMetrics: [directive] } };
}
