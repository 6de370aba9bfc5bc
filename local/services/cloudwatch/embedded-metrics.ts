import { isObject } from "../json-protocol";
import type { Datum } from "./metric-store";

/**
 * The metrics of one logged line, where it is in the embedded format
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html);
 * none of any other line.
 */
export function embeddedMetrics(line: string): Datum[] {
  const message = parse(line);
  const { Timestamp: at, CloudWatchMetrics: directives } = isObject(message?._aws) ? message._aws : {};
  if (!message || typeof at !== "number" || !Array.isArray(directives)) return [];
  return directives.filter(isObject).flatMap((directive) => metricsOf(message, directive, at));
}

function metricsOf(message: Record<string, unknown>, directive: Record<string, unknown>, at: number): Datum[] {
  const { Namespace: namespace, Dimensions: sets, Metrics: metrics } = directive;
  if (typeof namespace !== "string" || !Array.isArray(sets) || !Array.isArray(metrics)) return [];
  return (sets as string[][]).flatMap((set) => {
    const dimensions = Object.fromEntries(set.map((name) => [name, String(message[name])]));
    return (metrics as { Name: string }[]).flatMap(({ Name: name }): Datum[] => {
      const value = message[name];
      return typeof value === "number" ? [{ namespace, name, dimensions, value, at }] : [];
    });
  });
}

function parse(line: string): Record<string, unknown> | undefined {
  if (!line.startsWith("{")) return undefined;
  try {
    const value: unknown = JSON.parse(line);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined; // an ordinary line that happens to begin with a brace
  }
}
