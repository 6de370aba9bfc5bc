/** What this browser can do. */
export interface Support {
  /** Media Source Extensions, or Managed Media Source. */
  readonly mse: boolean;
  /** `video.canPlayType` accepts HLS playlists. */
  readonly nativeHls: boolean;
}

export type EngineName = "hls.js" | "dash.js" | "native";

/**
 * The engine for a manifest: by its extension, since CMAF comes as either. Media Source is preferred where both
 * would do, for only there can renditions be shown and chosen. Nothing: this browser cannot play it.
 */
export function chooseEngine(url: string, support: Support): EngineName | undefined {
  const dash = new URL(url).pathname.endsWith(".mpd");
  if (support.mse) return dash ? "dash.js" : "hls.js";
  return !dash && support.nativeHls ? "native" : undefined;
}
