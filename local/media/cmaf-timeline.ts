import { MediaError } from "./media-error";
import { MPEG_CLOCK, type SegmentScan } from "./transport-stream";
import { AAC_FRAME_SAMPLES } from "./transport-stream-adts";

/** A stretch of a track in media time, in units of the track's timescale. */
export interface Span {
  readonly start: number;
  readonly duration: number;
}

export interface TrackTimeline {
  /** Units a second: 90,000 for video (times of the stream, exactly), the sample rate for audio. */
  readonly timescale: number;
  /** Presentation times. */
  readonly spans: readonly Span[];
  /** Samples are decoded this long before they are presented, so that none is presented before it is decoded. */
  readonly decodeDelay: number;
}

export interface Timeline {
  /** Stream time (MPEG clock) that is media time 0: when the first sample of the title, of any track, is decoded. */
  readonly origin: number;
  /** Media time of the first picture, MPEG clock: presentation time 0. Audio priming may stand before it. */
  readonly presentationStart: number;
  /** From the first picture to the end of the last, MPEG clock. */
  readonly duration: number;
  /** One a rendition, in the order given. */
  readonly video: readonly TrackTimeline[];
  /** Of the rendition that audio is taken from; absent when the title is silent. */
  readonly audio?: TrackTimeline;
  readonly frameRate: FrameRate;
}

export interface FrameRate {
  readonly num: number;
  readonly den: number;
}

/**
 * One timeline for all renditions of a title, so that audio and video stay as they were and every
 * segment follows the one before it without gap or overlap.
 *
 * @param renditions the segments of each rendition, all of them with video
 * @param audioFrom which rendition gives the audio
 * @throws MediaError when renditions differ in the number or the times of their segments
 */
export function planTimeline(renditions: readonly (readonly SegmentScan[])[], audioFrom = 0): Timeline {
  const first = renditions[0];
  if (!first?.[0]?.video) throw new MediaError("the first segment of the first rendition holds no video");
  requireAligned(renditions);
  const audio = (renditions[audioFrom] ?? []).map(({ audio }) => audio);
  const silent = audio.every((scan) => !scan);
  if (!silent && audio.some((scan) => !scan))
    throw new MediaError("some segments of the title have audio, others have none");
  const videoStart = first[0].video.start;
  const decoded = renditions.map((scans) => (scans[0]?.video?.start ?? Infinity) - decodeDelayOf(scans));
  const origin = Math.min(...decoded, audio[0]?.start ?? Infinity);
  const video = renditions.map((scans) => videoTimeline(scans, origin));
  const end = Math.max(...video.map(({ spans }) => endOf(spans)));
  return {
    origin,
    presentationStart: videoStart - origin,
    duration: end - (videoStart - origin),
    video,
    ...(!silent && { audio: audioTimeline(audio as NonNullable<SegmentScan["audio"]>[], origin) }),
    frameRate: frameRateOf(first),
  };
}

function requireAligned(renditions: readonly (readonly SegmentScan[])[]): void {
  const [first = [], ...others] = renditions;
  others.forEach((scans, index) => {
    const where = `rendition ${index + 2}`;
    if (scans.length !== first.length) {
      throw new MediaError(
        `${where} has ${scans.length} segments, rendition 1 has ${first.length}: they must be aligned`,
      );
    }
    scans.forEach(({ video }, segment) => {
      const apart = Math.abs((video?.start ?? Infinity) - (first[segment]?.video?.start ?? Infinity));
      // A frame at 10 fps: further apart than that is another cut, not another rounding.
      if (!(apart < MPEG_CLOCK / 10)) {
        throw new MediaError(
          `segment ${segment + 1} of ${where} begins elsewhere than in rendition 1: they must be aligned`,
        );
      }
    });
  });
}

function videoTimeline(scans: readonly SegmentScan[], origin: number): TrackTimeline {
  const videos = scans.map(({ video }) => video!);
  const frame = Math.round(frameTicks(scans));
  const spans = videos.map(({ start, last }, index) => {
    const next = videos[index + 1]?.start ?? last + frame;
    return { start: start - origin, duration: next - start };
  });
  if (spans.some(({ duration }) => duration <= 0)) throw new MediaError("the segments of a rendition go back in time");
  return { timescale: MPEG_CLOCK, spans, decodeDelay: decodeDelayOf(scans) };
}

/** Counted in AAC frames, not in rounded stream times; a real gap moves the count on to where the stream says. */
function audioTimeline(audio: readonly NonNullable<SegmentScan["audio"]>[], origin: number): TrackTimeline {
  const timescale = audio[0]!.sampleRate;
  const stated = audio.map(({ start }) => Math.round(((start - origin) * timescale) / MPEG_CLOCK));
  const starts: number[] = [];
  let next = stated[0]!;
  audio.forEach(({ frames }, index) => {
    if (Math.abs(stated[index]! - next) >= AAC_FRAME_SAMPLES) next = stated[index]!;
    starts.push(next);
    next += frames * AAC_FRAME_SAMPLES;
  });
  const spans = starts.map((start, index) => ({ start, duration: (starts[index + 1] ?? next) - start }));
  return { timescale, spans, decodeDelay: 0 };
}

/** One for the whole rendition, so that decoding times go on without a gap. */
function decodeDelayOf(scans: readonly SegmentScan[]): number {
  return scans.reduce((most, { video }) => Math.max(most, video?.decodeDelay ?? 0), 0);
}

/** Ticks a frame, from the whole rendition; a single frame counts as a 25th of a second. */
function frameTicks(scans: readonly SegmentScan[]): number {
  const frames = scans.reduce((sum, { video }) => sum + video!.frames, 0);
  const ticks = scans.at(-1)!.video!.last - scans[0]!.video!.start;
  return frames > 1 ? ticks / (frames - 1) : MPEG_CLOCK / 25;
}

function frameRateOf(scans: readonly SegmentScan[]): FrameRate {
  const rate = MPEG_CLOCK / frameTicks(scans);
  const whole = { num: Math.max(1, Math.round(rate)), den: 1 };
  const ntsc = { num: Math.max(1, Math.round((rate * 1001) / 1000)) * 1000, den: 1001 };
  const off = ({ num, den }: FrameRate) => Math.abs(num / den - rate);
  if (Math.min(off(whole), off(ntsc)) > rate / 2000) return { num: Math.round(rate * 1000), den: 1000 };
  return off(ntsc) < off(whole) ? ntsc : whole;
}

function endOf(spans: readonly Span[]): number {
  const last = spans.at(-1);
  return last ? last.start + last.duration : 0;
}
