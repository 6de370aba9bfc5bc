/** One measurement. */
export interface Datum {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly value: number;
  /** Milliseconds since 1970. */
  readonly at: number;
}

export type MetricId = Pick<Datum, "namespace" | "name" | "dimensions">;

/** Takes measurements; every local service that AWS would have metrics of has one of these. */
export type Measure = (datum: Datum) => void;

/** The longest that any alarm here looks back. */
const KEPT_MS = 3 * 3_600_000;

/** Measurements in memory, told apart as CloudWatch does: by namespace, name and the exact set of dimensions. */
export class MetricStore {
  private readonly series = new Map<string, { at: number; value: number }[]>();

  put({ at, value, ...id }: Datum): void {
    const key = keyOf(id);
    const points = this.series.get(key) ?? [];
    while (points[0] && points[0].at <= at - KEPT_MS) points.shift();
    points.push({ at, value });
    this.series.set(key, points);
  }

  /** Values after `from`, up to and with `to`. */
  values(id: MetricId, from: number, to: number): number[] {
    return (this.series.get(keyOf(id)) ?? []).filter(({ at }) => at > from && at <= to).map(({ value }) => value);
  }
}

function keyOf({ namespace, name, dimensions }: MetricId): string {
  const sorted = Object.entries(dimensions).sort(([one], [other]) => (one < other ? -1 : 1));
  return JSON.stringify([namespace, name, sorted]);
}
