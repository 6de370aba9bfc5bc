import type { CaptureOutput, VideoEncode } from "../../media/encode";
import { framesPerSecond, type FrameRate } from "../../media/encode-frame-rate";
import type { VideoTrack } from "../../media/probe-result";
import type { H264Settings, VideoDescription } from "./model";

/** MediaConvert's defaults, where a setting is absent. */
const DEFAULTS = { gopFrames: 90, qualityLevel: 7, captureQuality: 80, captures: 10_000_000 } as const;

/** Shapes that differ by less are the same shape, rounded to even sides: no borders for a pixel. */
const SAME_SHAPE = 0.02;

interface Size {
  readonly width: number;
  readonly height: number;
}

/** @param rotates whether the file's rotation is applied, which turns the shape of the picture */
export function videoEncodeOf(description: VideoDescription, source: VideoTrack, rotates: boolean): VideoEncode {
  const h264 = description.codecSettings?.h264Settings ?? {};
  const frameRate = frameRateOf(h264, source);
  const size = outputSize(description, displayed(source, rotates));
  const maxBitrate = h264.maxBitrate ?? h264.bitrate ?? 5_000_000;
  return {
    ...size,
    fitted: fittedIn(description, displayed(source, rotates), size),
    frameRate,
    ...rateOf(h264),
    maxBitrate,
    buffer: h264.hrdBufferSize || 2 * maxBitrate,
    gopFrames: gopFrames(h264, frameRate),
    profile: ({ BASELINE: "baseline", MAIN: "main", HIGH: "high" } as const)[h264.codecProfile ?? "MAIN"] ?? "main",
    bFrames: h264.numberBFramesBetweenReferenceFrames,
    deinterlace: deinterlaces(description),
    rotate: rotates,
  };
}

export function captureOf(
  stem: string,
  description: VideoDescription,
  source: VideoTrack,
  rotates: boolean,
): CaptureOutput {
  const capture = description.codecSettings?.frameCaptureSettings ?? {};
  return {
    kind: "capture",
    stem,
    ...outputSize(description, displayed(source, rotates)),
    interval: (capture.framerateDenominator ?? 1) / (capture.framerateNumerator ?? framesPerSecond(source.frameRate)),
    max: capture.maxCaptures ?? DEFAULTS.captures,
    quality: capture.quality ?? DEFAULTS.captureQuality,
    frameRate: source.frameRate,
    deinterlace: deinterlaces(description),
    rotate: rotates,
  };
}

function deinterlaces({ videoPreprocessors }: VideoDescription): boolean {
  return videoPreprocessors?.deinterlacer !== undefined;
}

/**
 * QVBR is a quality with a ceiling, which x264 has as CRF with a maximum rate. Level 7, AWS's advice for 1080p, becomes
 * CRF 23, and each level is two steps.
 */
function rateOf({ rateControlMode, qvbrSettings, bitrate }: H264Settings): Pick<VideoEncode, "crf" | "bitrate"> {
  if (rateControlMode !== "QVBR") return { bitrate };
  const level = qvbrSettings?.qvbrQualityLevel ?? DEFAULTS.qualityLevel;
  return { crf: 37 - 2 * (level + (qvbrSettings?.qvbrQualityLevelFineTune ?? 0)) };
}

function frameRateOf(h264: H264Settings, source: VideoTrack): FrameRate {
  if (h264.framerateControl !== "SPECIFIED") return source.frameRate;
  return { numerator: h264.framerateNumerator ?? 25, denominator: h264.framerateDenominator ?? 1 };
}

function gopFrames({ gopSize, gopSizeUnits }: H264Settings, frameRate: FrameRate): number {
  if (gopSizeUnits === "AUTO") return Math.max(1, Math.round(2 * framesPerSecond(frameRate)));
  if (gopSizeUnits === "SECONDS") return Math.max(1, Math.round((gopSize ?? 2) * framesPerSecond(frameRate)));
  return gopSize ?? DEFAULTS.gopFrames;
}

function displayed({ width, height, rotation }: VideoTrack, rotates: boolean): Size {
  return rotates && rotation % 180 === 90 ? { width: height, height: width } : { width, height };
}

/** Sides that are not given follow the source's shape; H.264 in 4:2:0 needs even ones. */
function outputSize({ width, height }: VideoDescription, source: Size): Size {
  if (width && height) return { width, height };
  if (width) return { width, height: even((width * source.height) / source.width) };
  if (height) return { width: even((height * source.width) / source.height), height };
  return { width: even(source.width), height: even(source.height) };
}

/** By default MediaConvert keeps the picture's shape and adds borders. */
function fittedIn({ scalingBehavior }: VideoDescription, source: Size, frame: Size): Size | undefined {
  const wider = source.width / source.height / (frame.width / frame.height);
  if (scalingBehavior === "STRETCH_TO_OUTPUT" || Math.abs(Math.log(wider)) < SAME_SHAPE) return undefined;
  return wider > 1
    ? { width: frame.width, height: Math.min(frame.height, even(frame.height / wider)) }
    : { width: Math.min(frame.width, even(frame.width * wider)), height: frame.height };
}

const even = (pixels: number): number => Math.max(2, 2 * Math.round(pixels / 2));
