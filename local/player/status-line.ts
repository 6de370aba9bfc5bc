import type { Snapshot } from "./snapshot";

/** One calm sentence for the live region; it changes with the state, never with the figures. */
export function statusLine({ state, caption, captions }: Snapshot): string {
  switch (state) {
    case "loading":
      return "Asking for a key…";
    case "ready":
      return "Ready. Press play.";
    case "playing":
      return caption === undefined ? "Playing" : `Playing, captions ${captions[caption]?.label ?? "on"}`;
    case "buffering":
      return "Waiting for the network…";
    case "paused":
      return "Paused";
    case "ended":
      return "The end";
    case "refused":
      return "Refused";
    case "failed":
      return "Stopped by a fault";
    case "stopped":
      return "";
  }
}
