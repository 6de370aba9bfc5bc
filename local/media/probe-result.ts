import type { FrameRate } from "./encode-frame-rate";

/** Names as MediaConvert's Probe gives them. */
export type ContainerFormat = "mp4" | "quicktime" | "matroska" | "webm" | "mpegts" | "wave" | "mxf" | "avi" | "other";

export interface VideoTrack {
  readonly kind: "video";
  /** MediaConvert's name of the codec (`AVC`, `HEVC`, `PRORES`, ...), `UNKNOWN` for what it has no name for. */
  readonly codec: string;
  /** Seconds. */
  readonly duration: number;
  /** As coded, before `rotation`; pixels. */
  readonly width: number;
  readonly height: number;
  /** Clockwise degrees that a player turns the picture by. */
  readonly rotation: 0 | 90 | 180 | 270;
  /** Of a variable frame rate: the nearest common constant one. */
  readonly frameRate: FrameRate;
}

export interface AudioTrack {
  readonly kind: "audio";
  readonly codec: string;
  readonly duration: number;
  readonly channels: number;
  /** Hertz. */
  readonly sampleRate: number;
  /** ISO 639-2, or undefined where the file does not say. */
  readonly language?: string;
}

export interface Mezzanine {
  readonly format: ContainerFormat;
  /** From the first sample to the end of the last, seconds. */
  readonly duration: number;
  /** In the order of the file. */
  readonly tracks: readonly (VideoTrack | AudioTrack)[];
}

/** A file that is no media, or that no track can be read from; a result, not a fault of the platform. */
export interface Unreadable {
  readonly reason: "empty" | "not-media" | "no-tracks";
  readonly message: string;
}

export type ProbeOutcome = { readonly ok: true; readonly media: Mezzanine } | ({ readonly ok: false } & Unreadable);

const CODECS: Readonly<Record<string, string>> = {
  avc: "AVC", h264: "AVC", hevc: "HEVC", av1: "AV1", vp8: "VP8", vp9: "VP9", prores: "PRORES", mpeg4: "MP4V",
  mpeg1video: "MPEG1", mpeg2video: "MPEG2", mjpeg: "MJPEG", dvvideo: "DV", dnxhd: "VC3", vc1: "VC1", qtrle: "QTRLE",
  jpeg2000: "JPEG2000", theora: "THEORA", rawvideo: "UNCOMPRESSED", h263: "H263",
  aac: "AAC", ac3: "AC3", eac3: "EAC3", mp2: "MP2", mp3: "MP3", opus: "OPUS", vorbis: "VORBIS", flac: "FLAC",
  wmav1: "WMA", wmav2: "WMA2", wmapro: "WMAPRO",
}; // prettier-ignore

/** MediaConvert's name for a codec under mediabunny's or ffmpeg's name. */
export function codecName(name: string | null): string {
  if (name === null) return "UNKNOWN";
  return /^(pcm|ulaw|alaw)/.test(name) ? "PCM" : (CODECS[name] ?? "UNKNOWN");
}

export const videoTracks = ({ tracks }: Mezzanine): VideoTrack[] => tracks.filter((track) => track.kind === "video");
export const audioTracks = ({ tracks }: Mezzanine): AudioTrack[] => tracks.filter((track) => track.kind === "audio");
