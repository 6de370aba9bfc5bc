/** A `TimeRanges`, as far as it is read here. */
export interface Ranges {
  readonly length: number;
  start(index: number): number;
  end(index: number): number;
}

/** Gaps up to this long are played over by every engine. */
const GAP_SECONDS = 0.1;

/** Seconds that can be played from `time` without another byte. */
export function bufferAhead(ranges: Ranges, time: number): number {
  let end = time;
  for (let index = 0; index < ranges.length; index += 1)
    if (ranges.start(index) <= end + GAP_SECONDS && ranges.end(index) > end) end = ranges.end(index);
  return end - time;
}
