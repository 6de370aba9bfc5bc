import type { EdgeTally } from "./edge-tally";
import { NO_REQUESTS } from "./edge-tally";
import type { CaptionTrack } from "./engines/engine";
import type { Format, Playback } from "./mint";
import type { Problem } from "./problem";
import type { Choice, Rendition } from "./rendition";

/** `refused`: somebody said no (mint or edge); `failed`: anything else that ended playback. */
export type PlayerState =
  "loading" | "ready" | "playing" | "buffering" | "paused" | "ended" | "refused" | "failed" | "stopped";

/** Everything the page shows about one playback. */
export interface Snapshot {
  readonly state: PlayerState;
  readonly playback?: Playback;
  readonly format?: Format;
  readonly engine?: string;
  readonly renditions: readonly Rendition[];
  /** The rendition on screen. */
  readonly shown?: Rendition;
  readonly choice: Choice;
  /** Changes of rendition since playback began, the first picture not among them. */
  readonly switches: number;
  readonly captions: readonly CaptionTrack[];
  /** Index of the caption track that is shown. */
  readonly caption?: number;
  readonly edge: EdgeTally;
  /** Cookies asked for after the first. */
  readonly renewals: number;
  readonly problem?: Problem;
}

export const INITIAL: Snapshot = {
  state: "loading",
  renditions: [],
  choice: "auto",
  switches: 0,
  captions: [],
  edge: NO_REQUESTS,
  renewals: 0,
};
