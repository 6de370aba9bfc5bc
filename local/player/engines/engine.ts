import type { Choice, Rendition } from "../rendition";

export interface CaptionTrack {
  readonly index: number;
  /** As the manifest names it, or its language. */
  readonly label: string;
}

/** Why an engine gave up. `denied` is the edge's 403: the cookie is missing, over, or for another title. */
export interface Failure {
  readonly kind: "denied" | "missing" | "network" | "media";
  readonly status?: number;
  /** The engine's own name for it, for the journal. */
  readonly detail: string;
}

export interface EngineEvents {
  onManifest(renditions: readonly Rendition[]): void;
  /** The rendition on screen changed. */
  onRendition(rendition: Rendition): void;
  onCaptions(tracks: readonly CaptionTrack[]): void;
  /** An answer of the edge, with its `X-Cache` header. */
  onAnswer(status: number, xCache: string | null): void;
  onFailure(failure: Failure): void;
}

/** A way of playing one manifest in one video element. */
export interface Engine {
  /** `hls.js`, `dash.js` or `native`. */
  readonly name: string;
  choose(choice: Choice): void;
  /** Shows a caption track, or none. */
  caption(index: number | undefined): void;
  /** Bits per second, as the engine estimates it. */
  throughput(): number | undefined;
  /**
   * Goes on from where playback stands, now that the edge's refusals should be over. `failed`: the engine reported
   * a failure and stopped by itself; otherwise it is still trying.
   */
  recover(failed: boolean): void;
  destroy(): void;
}

/** Starts to load `url` into `video`, with the viewer's cookies, from `startAt` seconds on. */
export type StartEngine = (video: HTMLVideoElement, url: string, events: EngineEvents, startAt: number) => Engine;

/** A failure's kind from the HTTP status that caused it; 0 or nothing: no answer. */
export function failureOf(status: number | undefined, detail: string): Failure {
  if (status === 401 || status === 403) return { kind: "denied", status, detail };
  if (status === 404 || status === 410) return { kind: "missing", status, detail };
  return { kind: "network", status: status || undefined, detail };
}
