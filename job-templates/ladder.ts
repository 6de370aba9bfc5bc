/** One rung of the adaptive ladder: a rendition's size and the cap of its bitrate. */
export interface Rung {
  readonly name: string;
  /** Pixels; for a portrait source the short side of the frame takes this value. */
  readonly height: number;
  /** Pixels at 16:9. */
  readonly width: number;
  /** QVBR cap, bit/s. */
  readonly maxBitrate: number;
  /**
   * QVBR quality, 1-10. 7 suits phones and laptops, 8 large screens, per
   * https://docs.aws.amazon.com/mediaconvert/latest/ug/qvbr-guidelines.html
   */
  readonly quality: number;
}

export const RUNG_NAMES = ["240p", "360p", "480p", "720p", "1080p", "2160p"] as const;
export type RungName = (typeof RUNG_NAMES)[number];

/** The one ladder of both topologies, lowest rung first. An environment names the rungs it wants. */
export const LADDER: Readonly<Record<RungName, Rung>> = {
  "240p": { name: "240p", height: 240, width: 426, maxBitrate: 400_000, quality: 7 },
  "360p": { name: "360p", height: 360, width: 640, maxBitrate: 800_000, quality: 7 },
  "480p": { name: "480p", height: 480, width: 854, maxBitrate: 1_400_000, quality: 7 },
  "720p": { name: "720p", height: 720, width: 1280, maxBitrate: 3_000_000, quality: 8 },
  "1080p": { name: "1080p", height: 1080, width: 1920, maxBitrate: 5_000_000, quality: 8 },
  "2160p": { name: "2160p", height: 2160, width: 3840, maxBitrate: 14_000_000, quality: 9 },
};

/** What an environment decides about its ladder. */
export interface LadderChoice {
  readonly rungs: readonly RungName[];
  /** Whole seconds; every rendition is cut at the same instants. */
  readonly segmentSeconds: number;
  /** Seconds between closed key frames; divides `segmentSeconds`. */
  readonly gopSeconds: number;
}

/** The chosen rungs, lowest first, whatever order they were named in. */
export function chosenRungs(choice: LadderChoice): Rung[] {
  return RUNG_NAMES.filter((name) => choice.rungs.includes(name)).map((name) => LADDER[name]);
}
