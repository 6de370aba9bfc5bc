import { lines } from "./rendition";
import type { Snapshot } from "./snapshot";

/**
 * What the page tells tests and support through `data-*` attributes of the root element: written, never read.
 * Absent values are empty, so that a selector can ask for them.
 */
export function toDataset(snapshot: Snapshot): Readonly<Record<string, string>> {
  const { state, playback, format, engine, shown, choice, switches, renewals, edge, captions, caption, problem } =
    snapshot;
  return {
    playerState: state,
    playerAsset: playback?.assetId ?? "",
    playerFormat: format ?? "",
    playerEngine: engine ?? "",
    playerProblem: problem?.code ?? "",
    playerSwitches: String(switches),
    playerRenewals: String(renewals),
    playerHits: String(edge.hits),
    playerMisses: String(edge.misses),
    playerDenied: String(edge.denied),
    playerCaptions: captions.length === 0 ? "none" : caption === undefined ? "off" : "on",
    rendition: shown ? String(lines(shown)) : "",
    renditionBitrate: shown ? String(shown.bitrate) : "",
    renditionMode: choice === "auto" ? "auto" : "manual",
    renditionCount: String(snapshot.renditions.length),
  };
}
