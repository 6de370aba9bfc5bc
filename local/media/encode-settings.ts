import type { FrameRate } from "./encode-frame-rate";

/** H.264, constant frame rate, fixed closed groups of pictures. */
export interface VideoEncode {
  /** Even, pixels. */
  readonly width: number;
  readonly height: number;
  /** Size of the picture inside when borders keep its shape; undefined: it fills the frame. */
  readonly fitted?: { readonly width: number; readonly height: number };
  readonly frameRate: FrameRate;
  /** Constant quality (x264's CRF, lower is better), or undefined for the given `bitrate`. */
  readonly crf?: number;
  /** Bit/s, where there is no `crf`. */
  readonly bitrate?: number;
  /** Bit/s; peaks over one buffer stay under it. */
  readonly maxBitrate: number;
  /** Bits. */
  readonly buffer: number;
  /** Frames from one IDR to the next. */
  readonly gopFrames: number;
  readonly profile: "baseline" | "main" | "high";
  /** Between reference frames; undefined: the encoder's choice. */
  readonly bFrames?: number;
  readonly deinterlace: boolean;
  /** Whether the rotation that the file states is applied. */
  readonly rotate: boolean;
}

/** AAC-LC. */
export interface AudioEncode {
  /** Position among the audio tracks of the file, from 0. */
  readonly track: number;
  /** Bit/s. */
  readonly bitrate: number;
  /** Hertz. */
  readonly sampleRate: number;
  /** 1, 2 or 6; other sources are mixed down or up to it. */
  readonly channels: number;
}

/** Segments of MPEG-TS beside a playlist `<stem>.m3u8`, named `<stem>_00001.ts` and on. */
export interface SegmentsOutput {
  readonly kind: "segments";
  /** Letters, digits and `_` only: it becomes part of a file name pattern. */
  readonly stem: string;
  readonly video?: VideoEncode;
  readonly audio?: AudioEncode;
  /** Wanted length; segments end at the first IDR that is not before it. */
  readonly segmentSeconds: number;
}

/** One MP4 `<stem>.mp4` with its index in front. */
export interface FileOutput {
  readonly kind: "file";
  readonly stem: string;
  readonly video: VideoEncode;
  readonly audio?: AudioEncode;
}

/** JPEG stills `<stem>.0000000.jpg` and on. */
export interface CaptureOutput {
  readonly kind: "capture";
  readonly stem: string;
  readonly width: number;
  readonly height: number;
  /** Seconds from one still to the next; the first is the first frame. */
  readonly interval: number;
  readonly max: number;
  /** 1-100, more is better. */
  readonly quality: number;
  /** Of the source: stills are numbered on its grid. */
  readonly frameRate: FrameRate;
  readonly deinterlace: boolean;
  readonly rotate: boolean;
}

export type EncodeOutput = SegmentsOutput | FileOutput | CaptureOutput;
