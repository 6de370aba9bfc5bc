import type { TrackTimeline } from "./cmaf-timeline";

/** Bits a second. */
export interface Bandwidth {
  readonly peak: number;
  readonly average: number;
}

/** What a fragment adds to its samples: boxes (rounded up) and a table row a sample. */
const SEGMENT_OVERHEAD = 256;
const SAMPLE_OVERHEAD = 16;

/**
 * Measured bandwidth of one track once it is in CMAF segments.
 * A last segment shorter than half the longest says nothing about the peak (RFC 8216, 4.1), unless it is alone.
 */
export function bandwidthOf(parts: readonly { bytes: number; frames: number }[], timeline: TrackTimeline): Bandwidth {
  const sizes = parts.map(({ bytes, frames }) => 8 * (bytes + SEGMENT_OVERHEAD + SAMPLE_OVERHEAD * frames));
  const seconds = timeline.spans.map(({ duration }) => duration / timeline.timescale);
  const longest = Math.max(...seconds);
  const rates = sizes.flatMap((bits, index) => (seconds[index]! >= longest / 2 ? [bits / seconds[index]!] : []));
  return { peak: Math.ceil(Math.max(...rates)), average: Math.ceil(sum(sizes) / sum(seconds)) };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
