import { versionedId } from "./asset-id";
import { LOG_CODES, type LogCode, type LogEntry } from "./log-codes";
import { METRIC_DIMENSION, METRIC_NAMESPACE, METRICS, type Metric } from "./metrics";

export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

/** Writes one message of the catalogue. Fields are ids, counts and reasons; never tokens, cookies or whole events. */
export type Log = (code: LogCode, fields?: LogFields) => void;

/**
 * One JSON line a message. Where the catalogue names metrics, the line is in CloudWatch's embedded metric format
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html),
 * which needs no call and no permission. Whatever concerns a version carries `correlationId`, from its upload until it
 * is playable: the id that MediaConvert's job and MediaPackage's asset bear too.
 */
export function jsonLog(
  handler: string,
  now: () => number,
  write: (line: string) => void,
  /** Value of {@link ENVIRONMENT_VARIABLE}. */
  environment: string | undefined,
): Log {
  return (code, fields = {}) => {
    const entry: LogEntry = LOG_CODES[code];
    const { level, message } = entry;
    const common = { level, code, message, handler, [METRIC_DIMENSION]: environment ?? "unknown" };
    const line = { ...fields, ...correlation(fields), ...common, time: new Date(now()).toISOString() };
    const values = measured(entry, fields);
    write(JSON.stringify(Object.keys(values).length > 0 ? { ...line, ...embedded(values, now()) } : line));
  };
}

function correlation({ assetId, version }: LogFields): LogFields {
  const known = typeof assetId === "string" && typeof version === "string";
  return known ? { correlationId: versionedId(assetId, version) } : {};
}

/** The metrics of a line: one that counts it, and those that take a field's value. */
function measured({ metric, measures = {} }: LogEntry, fields: LogFields): Partial<Record<Metric, number>> {
  const values = Object.entries(measures).flatMap(([field, name]) => {
    const value = fields[field];
    return typeof value === "number" ? [[name, value] as const] : [];
  });
  return Object.fromEntries([...(metric ? [[metric, 1] as const] : []), ...values]);
}

function embedded(values: Partial<Record<Metric, number>>, timestamp: number) {
  const directive = {
    Namespace: METRIC_NAMESPACE,
    Dimensions: [[METRIC_DIMENSION]],
    Metrics: Object.keys(values).map((name) => ({ Name: name, Unit: METRICS[name as Metric] })),
  };
  return { ...values, _aws: { Timestamp: timestamp, CloudWatchMetrics: [directive] } };
}
