import type { AspectRatio, ProbeResult, VideoProperties } from "@aws-sdk/client-mediaconvert";
import { ok, refused, type Result } from "../shared/result";
import type { Failure } from "../shared/title";

/** What the ladder is tailored to. */
export interface SourceFacts {
  /** Pixels as a viewer sees them: square, and after rotation. */
  readonly width: number;
  readonly height: number;
  readonly hasAudio: boolean;
  readonly durationSeconds?: number;
}

/** Containers whose rotation MediaConvert follows with `Rotate: AUTO`, as its API reference says. */
const ROTATING = ["mp4", "quicktime"];

/** Reads MediaConvert's probe, or says why there is nothing to prepare. */
export function sourceFacts(probe: ProbeResult | undefined): Result<SourceFacts, Failure> {
  const tracks = probe?.Container?.Tracks ?? [];
  const video = tracks.find((track) => track.TrackType === "video");
  if (!video) {
    const found = tracks.map((track) => track.TrackType).join(", ") || "none";
    return refused(ingestFailure("NO_VIDEO", `The file has no video track (tracks found: ${found}).`));
  }
  const size = displaySize(video.VideoProperties, probe?.Container?.Format);
  if (!size) return refused(ingestFailure("NO_VIDEO_SIZE", "The size of the video track cannot be read."));
  const durationSeconds = probe?.Container?.Duration ?? video.Duration;
  return ok({ ...size, hasAudio: tracks.some((track) => track.TrackType === "audio"), durationSeconds });
}

export function ingestFailure(code: string, reason: string): Failure {
  return { stage: "ingest", code, reason };
}

function displaySize(video: VideoProperties | undefined, container: string | undefined) {
  const width = video?.Width ?? video?.CodecMetadata?.Width;
  const height = video?.Height ?? video?.CodecMetadata?.Height;
  if (!width || !height) return undefined;
  const square = { width: width * pixelAspect(video, width, height), height };
  const turned = ROTATING.includes(container ?? "") && [90, 270].includes(Math.abs(video?.Rotation ?? 0) % 360);
  return turned ? { width: square.height, height: square.width } : square;
}

/** Width of a pixel over its height; square when the file does not say. */
function pixelAspect(video: VideoProperties | undefined, width: number, height: number): number {
  const sample = ratio(video?.SampleAspectRatio);
  if (sample !== undefined) return sample;
  const display = ratio(video?.DisplayAspectRatio);
  return display === undefined ? 1 : (display * height) / width;
}

function ratio(aspect: AspectRatio | undefined): number | undefined {
  return aspect?.Numerator && aspect.Denominator ? aspect.Numerator / aspect.Denominator : undefined;
}
