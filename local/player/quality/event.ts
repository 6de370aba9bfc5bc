import type { Format } from "../mint";

/** What the API is told of; seconds have three decimals. The API refuses whatever else there is. */
export type Measured =
  /** From the request to the first picture. */
  | { readonly event: "start"; readonly startupSeconds: number; readonly rendition?: number }
  /** Since the last event of this kind, all of it in one rendition. */
  | {
      readonly event: "played";
      readonly watchedSeconds: number;
      readonly rebuffers: number;
      readonly rebufferSeconds: number;
      readonly rendition?: number;
    }
  | { readonly event: "switch"; readonly previousRendition: number; readonly rendition: number }
  | { readonly event: "error"; readonly code: string }
  | { readonly event: "end"; readonly reason: "ended" | "left" | "failed" };

export type QualityEvent = Measured & {
  /** Counts the session's events from 1. */
  readonly number: number;
  readonly positionSeconds: number;
};

/** Of which playback events are. */
export interface QualitySession {
  /** Made up for this playback, and for nothing else. */
  readonly session: string;
  readonly assetId: string;
  readonly protocol?: Format;
  readonly engine?: string;
}

export interface Batch extends QualitySession {
  readonly events: readonly QualityEvent[];
}
