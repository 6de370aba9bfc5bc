/** Paths of a small curve: `line` its stroke, `area` what lies below it. */
export interface Sparkline {
  readonly line: string;
  readonly area: string;
}

/**
 * Draws the newest `capacity` samples, the last at the right edge, in a box of `width` by `height` units.
 * The scale ends at the largest sample, or at 1 where all are smaller.
 */
export function sparkline(samples: readonly number[], capacity: number, width: number, height: number): Sparkline {
  if (samples.length < 2) return { line: "", area: "" };
  const top = Math.max(...samples, 1) * 1.1;
  const step = width / (capacity - 1);
  const left = width - (samples.length - 1) * step;
  const points = samples.map(
    (sample, index) => `${round(left + index * step)} ${round(height - (sample / top) * height)}`,
  );
  const line = `M${points.join("L")}`;
  return { line, area: `${line}L${width} ${height}L${round(left)} ${height}Z` };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
