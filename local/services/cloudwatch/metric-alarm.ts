import { block, blocks, type Resource } from "../../terraform/deployment";
import { compileMath, type Lookup } from "./metric-math";
import type { MetricId, MetricStore } from "./metric-store";
import { statistic } from "./statistic";

export type AlarmState = "OK" | "ALARM" | "INSUFFICIENT_DATA";

export interface MetricAlarm {
  readonly name: string;
  /** What failed, and where to read on. */
  readonly description: string;
  /** As CloudWatch would judge at `now`, by the periods that end there. */
  judge(store: MetricStore, now: number): AlarmState;
}

interface Series extends MetricId {
  readonly stat: string;
  readonly periodMs: number;
}

type Compare = (value: number, threshold: number) => boolean;

const COMPARISONS: Readonly<Record<string, Compare>> = {
  GreaterThanThreshold: (value, threshold) => value > threshold,
  GreaterThanOrEqualToThreshold: (value, threshold) => value >= threshold,
  LessThanThreshold: (value, threshold) => value < threshold,
  LessThanOrEqualToThreshold: (value, threshold) => value <= threshold,
};

/** Reads a synthesised `aws_cloudwatch_metric_alarm`. Throws, with its address, for what is not emulated. */
export function readMetricAlarm({ address, values }: Resource): MetricAlarm {
  const name = String(values.alarm_name);
  const description = String(values.alarm_description);
  // A band of habit takes two weeks to learn.
  if (typeof values.threshold_metric_id === "string") return { name, description, judge: () => "INSUFFICIENT_DATA" };
  const compare = COMPARISONS[String(values.comparison_operator)];
  if (!compare) {
    const allowed = Object.keys(COMPARISONS).join(", ");
    throw new Error(
      `${address}: comparison_operator must be one of ${allowed}, got ${String(values.comparison_operator)}`,
    );
  }
  const threshold = Number(values.threshold);
  const count = Number(values.evaluation_periods);
  const missing = textOf(values.treat_missing_data, "missing");
  const { periodMs, value } = measurement(values);
  return {
    name,
    description,
    judge(store, now) {
      const periods = Array.from({ length: count }, (_, index) =>
        value(store, now - (index + 1) * periodMs, now - index * periodMs),
      );
      if (missing === "missing" && periods.every((one) => one === undefined)) return "INSUFFICIENT_DATA";
      const beyond = periods.every((one) => (one === undefined ? missing === "breaching" : compare(one, threshold)));
      return beyond ? "ALARM" : "OK";
    },
  };
}

/** What an alarm compares: one metric's statistic, or a formula over several. */
function measurement(values: Resource["values"]): {
  periodMs: number;
  value: (store: MetricStore, from: number, to: number) => number | undefined;
} {
  const queries = blocks(values, "metric_query");
  if (queries.length === 0) {
    const stat = textOf(values.extended_statistic, String(values.statistic));
    const series = seriesOf({ ...values, stat });
    return { periodMs: series.periodMs, value: (store, from, to) => valueOf(series, store, from, to) };
  }
  const metrics = new Map(
    queries.flatMap((query) => {
      const metric = block(query, "metric");
      return metric ? [[String(query.id), seriesOf(metric)] as const] : [];
    }),
  );
  const formula = queries.find(
    ({ expression, return_data: returned }) => expression !== undefined && returned !== false,
  );
  const result = compileMath(String(formula?.expression));
  const periodMs = Math.max(...[...metrics.values()].map((series) => series.periodMs));
  return {
    periodMs,
    value: (store, from, to) => {
      const lookup: Lookup = (id) => {
        const series = metrics.get(id);
        return series && valueOf(series, store, from, to);
      };
      return result(lookup);
    },
  };
}

function seriesOf(values: Readonly<Record<string, unknown>>): Series {
  return {
    namespace: String(values.namespace),
    name: String(values.metric_name),
    dimensions: (values.dimensions ?? {}) as Record<string, string>,
    stat: String(values.stat),
    periodMs: Number(values.period) * 1000,
  };
}

function valueOf(series: Series, store: MetricStore, from: number, to: number): number | undefined {
  return statistic(series.stat, store.values(series, from, to));
}

function textOf(value: unknown, otherwise: string): string {
  return typeof value === "string" && value !== "" ? value : otherwise;
}
