import type { PlayerState } from "./snapshot";

/** Events of a video element that change what the page shows. */
export const MEDIA_EVENTS = ["playing", "waiting", "pause", "ended", "seeking"] as const;
export type MediaEvent = (typeof MEDIA_EVENTS)[number];

/** The state after a media event. Once playback is over, events of a dying element change nothing. */
export function afterMediaEvent(state: PlayerState, event: MediaEvent): PlayerState {
  if (state === "refused" || state === "failed" || state === "stopped") return state;
  switch (event) {
    case "playing":
      return "playing";
    case "ended":
      return "ended";
    case "waiting":
      return state === "playing" ? "buffering" : state;
    case "pause":
      return state === "playing" || state === "buffering" ? "paused" : state;
    case "seeking":
      return state === "ended" ? "paused" : state;
  }
}
