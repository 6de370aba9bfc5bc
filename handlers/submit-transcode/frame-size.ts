/** Pixels, both even. */
export interface FrameSize {
  readonly width: number;
  readonly height: number;
}

/** Smallest side of an H.264 output (https://docs.aws.amazon.com/mediaconvert/latest/apireference/presets.html, Width). */
const MIN_SIDE = 32;

/** Longest side that H.264 level 5.2 decoders take; only panoramas reach it. */
const MAX_SIDE = 4096;

/**
 * The frame whose short side is `shortSide`, in the source's aspect ratio, never larger than the source.
 * Sides are even, since 4:2:0 video halves them.
 */
export function frameSize(shortSide: number, source: { readonly width: number; readonly height: number }): FrameSize {
  const short = Math.min(source.width, source.height);
  const long = Math.max(source.width, source.height);
  const scale = Math.min(shortSide / short, 1, MAX_SIDE / long);
  return { width: side(source.width, scale), height: side(source.height, scale) };
}

/** To the nearest even number, but not above the source's side. */
function side(pixels: number, scale: number): number {
  const nearest = 2 * Math.round((pixels * scale) / 2);
  const largest = 2 * Math.floor(pixels / 2);
  return Math.max(MIN_SIDE, Math.min(nearest, largest));
}
