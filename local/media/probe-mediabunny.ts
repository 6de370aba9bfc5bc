import {
  FilePathSource, Input, Logging, LogLevel, MATROSKA, MP4, MPEG_TS, QTFF, WAVE, WEBM,
  type InputAudioTrack, type InputFormat, type InputVideoTrack,
} from "mediabunny"; // prettier-ignore
import { constantRate, nearestCommonRate } from "./encode-frame-rate";
import { codecName, type AudioTrack, type ContainerFormat, type Mezzanine, type VideoTrack } from "./probe-result";

/** Not mediabunny's whole list: HLS would follow addresses in the file. */
const FORMATS: readonly InputFormat[] = [MP4, QTFF, WEBM, MATROSKA, MPEG_TS, WAVE];

/** What the file is, or undefined when another reader must say: unknown container, unknown codec, damaged structure. */
export async function probeWithMediabunny(path: string): Promise<Mezzanine | undefined> {
  Logging.level = LogLevel.Errors; // A codec it does not know is the second reader's business, not the terminal's.
  const input = new Input({ source: new FilePathSource(path), formats: [...FORMATS] });
  try {
    return await read(input);
  } catch {
    return undefined; // The second reader decides whether the file is media at all.
  } finally {
    input.dispose();
  }
}

async function read(input: Input): Promise<Mezzanine | undefined> {
  const format = containerOf(await input.getFormat());
  const tracks: (VideoTrack | AudioTrack)[] = [];
  for (const track of await input.getTracks()) {
    if ((await track.getCodec()) === null && (track.isVideoTrack() || track.isAudioTrack())) return undefined;
    if (track.isVideoTrack()) tracks.push(await readVideo(track));
    else if (track.isAudioTrack()) tracks.push(await readAudio(track));
  }
  if (tracks.length === 0) return undefined;
  const duration = (await input.computeDuration()) - Math.max(0, await input.getFirstTimestamp());
  return { format, duration, tracks };
}

async function readVideo(track: InputVideoTrack): Promise<VideoTrack> {
  const { bestGuessFrameRate, underlyingFrameRate, averageFrameRate } = await track.computeFrameRateMetrics();
  const { averagePacketRate } = await track.computePacketStats(50);
  const guess = [underlyingFrameRate, bestGuessFrameRate, averageFrameRate, averagePacketRate].find(isRate) ?? 25;
  return {
    kind: "video",
    codec: codecName(await track.getCodec()),
    duration: await durationOf(track),
    width: await track.getCodedWidth(),
    height: await track.getCodedHeight(),
    rotation: await track.getRotation(),
    frameRate: isRate(underlyingFrameRate) ? constantRate(guess) : nearestCommonRate(guess),
  };
}

async function readAudio(track: InputAudioTrack): Promise<AudioTrack> {
  const language = await track.getLanguageCode();
  return {
    kind: "audio",
    codec: codecName(await track.getCodec()),
    duration: await durationOf(track),
    channels: await track.getNumberOfChannels(),
    sampleRate: await track.getSampleRate(),
    ...(language !== "und" && { language }),
  };
}

async function durationOf(track: InputVideoTrack | InputAudioTrack): Promise<number> {
  return (await track.computeDuration()) - Math.max(0, await track.getFirstTimestamp());
}

const isRate = (fps: number | null): fps is number => fps !== null && Number.isFinite(fps) && fps > 0.1;

function containerOf(format: InputFormat): ContainerFormat {
  if (format === QTFF) return "quicktime";
  if (format === MP4) return "mp4";
  if (format === WEBM) return "webm";
  if (format === MATROSKA) return "matroska";
  return format === MPEG_TS ? "mpegts" : "wave";
}
