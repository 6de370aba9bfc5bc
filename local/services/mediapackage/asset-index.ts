import type { CmafAudio, CmafPresentation, CmafText, CmafVideo } from "../../media/cmaf-manifests";

/** Where a rendition's pieces are stored, in the bucket of the asset's source. */
interface Stored {
  readonly keys: readonly string[];
}

export interface IndexedVideo extends CmafVideo, Stored {
  /** The source's variant, for HLS with muxed segments: bits a second, codecs, seconds a segment. */
  readonly muxed: {
    readonly bandwidth: number;
    readonly averageBandwidth?: number;
    readonly codecs: readonly string[];
    readonly durations: readonly number[];
  };
}

/** `keys` are of the muxed segments that the audio is taken from. */
export interface IndexedAudio extends CmafAudio, Stored {}

export interface IndexedText extends CmafText, Stored {}

/** All that ingest learned about an asset's source; packaging needs nothing else but the segments. */
export interface AssetIndex extends CmafPresentation {
  readonly bucket: string;
  /** Stream time (MPEG clock) of media time 0. */
  readonly origin: number;
  readonly video: readonly IndexedVideo[];
  readonly audio: readonly IndexedAudio[];
  readonly text: readonly IndexedText[];
}
