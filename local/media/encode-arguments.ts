import { framesPerSecond } from "./encode-frame-rate";
import { inputArguments } from "./ffmpeg-input";
import type {
  AudioEncode,
  CaptureOutput,
  EncodeOutput,
  FileOutput,
  SegmentsOutput,
  VideoEncode,
} from "./encode-settings";

/**
 * `veryfast` takes half as long again as `superfast` on two cores for a gain that a development machine has no use for.
 */
const PRESET = "superfast";

/** Only frames that the source marks as interlaced, one frame for each. */
const DEINTERLACE = "yadif=deint=interlaced";

/**
 * The arguments of one ffmpeg process that decodes `input` once and makes every output in its working directory.
 * They are understood by 4.1 (no `-var_stream_map name:`, no `-fps_mode`) and by 5 and newer.
 */
export function encodeArguments(input: string, outputs: readonly EncodeOutput[]): string[] {
  // Rotation belongs to the input, so all outputs of a job agree on it.
  const rotate = outputs.some((output) => (output.kind === "capture" ? output.rotate : output.video?.rotate));
  const source = [...(rotate ? [] : ["-noautorotate"]), ...inputArguments(input)];
  return [...source, ...outputs.flatMap(outputArguments)];
}

function outputArguments(output: EncodeOutput): string[] {
  switch (output.kind) {
    case "segments":
      return segments(output);
    case "file":
      return file(output);
    case "capture":
      return capture(output);
  }
}

function file({ stem, video, audio }: FileOutput): string[] {
  return [
    ...videoArguments(video), ...(audio ? audioArguments(audio) : ["-an"]),
    "-sn", "-dn", "-map_metadata", "-1", "-map_chapters", "-1", "-f", "mp4", "-movflags", "+faststart", `${stem}.mp4`,
  ]; // prettier-ignore
}

function segments({ stem, video, audio, segmentSeconds }: SegmentsOutput): string[] {
  return [
    ...(video ? videoArguments(video) : ["-vn"]),
    ...(audio ? audioArguments(audio) : ["-an"]),
    "-sn", "-dn", "-map_metadata", "-1", "-map_chapters", "-1",
    "-f", "hls", "-hls_time", segmentTime(segmentSeconds, video), "-hls_list_size", "0", "-hls_playlist_type", "vod",
    "-start_number", "1", "-hls_segment_filename", `${stem}_%05d.ts`, `${stem}.m3u8`,
  ]; // prettier-ignore
}

/**
 * Segments end at the first IDR at or after a multiple of this. It is the length of whole groups of pictures less 20
 * microseconds: rounding must not let an IDR seem too early, and the shortfall adds up to a group only after 100,000 segments.
 */
function segmentTime(segmentSeconds: number, video: VideoEncode | undefined): string {
  if (!video) return String(segmentSeconds);
  const group = video.gopFrames / framesPerSecond(video.frameRate);
  return (Math.max(1, Math.round(segmentSeconds / group)) * group - 0.00002).toFixed(6);
}

function videoArguments(video: VideoEncode): string[] {
  const gop = String(video.gopFrames);
  const rate =
    video.crf === undefined ? ["-b:v", String(video.bitrate ?? video.maxBitrate)] : ["-crf", String(video.crf)];
  return [
    "-map", "0:v:0", "-filter:v", filters(video),
    "-c:v", "libx264", "-preset", PRESET, "-profile:v", video.profile, "-pix_fmt", "yuv420p",
    ...rate, "-maxrate", String(video.maxBitrate), "-bufsize", String(video.buffer),
    // Fixed groups, no IDR at scene changes: the renditions' segments start at the same frames.
    "-g", gop, "-keyint_min", gop, "-sc_threshold", "0", "-flags", "+cgop",
    ...(video.bFrames === undefined ? [] : ["-bf", String(video.bFrames)]),
  ]; // prettier-ignore
}

function filters({ width, height, fitted, frameRate, deinterlace }: VideoEncode): string {
  const inner = fitted ?? { width, height };
  const borders = fitted ? [`pad=${width}:${height}:(ow-iw)/2:(oh-ih)/2`] : [];
  return [
    ...(deinterlace ? [DEINTERLACE] : []),
    // The filter, not -vsync: it makes the rate constant in every version.
    `fps=${frameRate.numerator}/${frameRate.denominator}`,
    `scale=${inner.width}:${inner.height}:flags=bicubic`,
    ...borders,
    "setsar=1",
  ].join(",");
}

function audioArguments({ track, bitrate, sampleRate, channels }: AudioEncode): string[] {
  // Gaps are filled and the start is padded, so that sound stays with the picture.
  const filter = "aresample=async=1:min_hard_comp=0.1:first_pts=0";
  return [
    "-map", `0:a:${track}`, "-filter:a", filter,
    "-c:a", "aac", "-b:a", String(bitrate), "-ar", String(sampleRate), "-ac", String(channels),
  ]; // prettier-ignore
}

/** MJPEG's quantiser from 2 (best) to 31. */
const jpegQuantiser = (quality: number): number =>
  Math.round(31 - (29 * (Math.min(100, Math.max(1, quality)) - 1)) / 99);

function capture({ stem, width, height, interval, max, quality, frameRate, deinterlace }: CaptureOutput): string[] {
  // Half a frame early, since times of frames are rounded. Renumbered, so that a constant rate repeats no still.
  const due = (interval - 0.5 / framesPerSecond(frameRate)).toFixed(6);
  const whole = deinterlace ? `${DEINTERLACE},` : "";
  const select = `${whole}select='isnan(prev_selected_t)+gte(t-prev_selected_t\\,${due})'`;
  return [
    "-map", "0:v:0", "-filter:v", `${select},scale=${width}:${height}:flags=bicubic,setsar=1,setpts=N/(25*TB)`, "-r", "25",
    "-frames:v", String(max), "-c:v", "mjpeg", "-pix_fmt", "yuvj420p", "-q:v", String(jpegQuantiser(quality)), "-an", "-sn",
    "-f", "image2", "-start_number", "0", `${stem}.%07d.jpg`,
  ]; // prettier-ignore
}
