const PERCENTILE = /^p(\d{1,2}(?:\.\d+)?|100)$/;

const STATISTICS: Readonly<Record<string, (values: readonly number[]) => number>> = {
  Sum: sum,
  Average: (values) => sum(values) / values.length,
  Minimum: (values) => Math.min(...values),
  Maximum: (values) => Math.max(...values),
  SampleCount: (values) => values.length,
};

/** A statistic of one period's values, percentiles (`p90`) by nearest rank; undefined where there are none. */
export function statistic(name: string, values: readonly number[]): number | undefined {
  if (values.length === 0) return undefined;
  const compute = STATISTICS[name];
  if (compute) return compute(values);
  const percent = PERCENTILE.exec(name)?.[1];
  if (percent === undefined) {
    throw new Error(`statistic must be one of ${Object.keys(STATISTICS).join(", ")} or p0 to p100, got ${name}`);
  }
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil((Number(percent) / 100) * sorted.length) - 1)];
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
