import type { Playback } from "./title";

/** Where MediaPackage serves an asset by one packaging configuration. */
export interface Endpoint {
  readonly configurationId: string;
  /** QUEUED, PROCESSING, PLAYABLE or FAILED. */
  readonly status: string;
  readonly url: string;
}

export type Egress = "playable" | "waiting" | "failed";

/** Configurations are named `vod-<environment>-<protocol>-<version>`; the version is a hash of what they say. */
const PROTOCOL = /-(hls|dash|cmaf)-[0-9a-z]+$/;

/** `https://<group>.egress.mediapackage-vod.<region>.amazonaws.com/out/v1/<asset hash>/...`; the edge adds `/out`. */
const EGRESS_PATH = /^\/out(\/v1\/([^/]+)\/.+)$/;

/** Playable means all of it: a player chooses its protocol, and none may answer 404. */
export function egressState(endpoints: readonly Endpoint[]): Egress {
  if (endpoints.some(({ status }) => status === "FAILED")) return "failed";
  return endpoints.length > 0 && endpoints.every(({ status }) => status === "PLAYABLE") ? "playable" : "waiting";
}

/** Viewers' addresses of an asset; undefined while MediaPackage has not assigned them. */
export function playbackOf(endpoints: readonly Endpoint[]): Playback | undefined {
  let playback: Playback | undefined;
  for (const { configurationId, url } of endpoints) {
    const protocol = PROTOCOL.exec(configurationId)?.[1];
    const [, path, prefix] = (URL.canParse(url) && EGRESS_PATH.exec(new URL(url).pathname)) || [];
    if (protocol && path && prefix) playback = { ...playback, prefix, [protocol]: path };
  }
  return playback;
}
