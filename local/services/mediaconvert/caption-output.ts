import type { MediaPlaylist } from "../../media/hls";
import { writeWebVtt, type WebVtt } from "../../media/webvtt";
import type { CaptionDescription } from "./model";

export interface CaptionSegment {
  readonly text: string;
  /** Seconds. */
  readonly duration: number;
}

/**
 * Cuts captions at the ends of the video's segments, as `CaptionSegmentLengthControl: MATCH_VIDEO` does. A cue that crosses
 * a cut stands in both segments, and segments without a cue are kept, so that a player finds one for every time.
 *
 * @param durations of the video's segments, seconds
 * @param start time of the first picture on the clock of the media's segments, 90 kHz (`X-TIMESTAMP-MAP`, RFC 8216, 3.5)
 */
export function segmentCaptions(file: WebVtt, durations: readonly number[], start: number): CaptionSegment[] {
  let from = 0;
  return durations.map((duration, index) => {
    const to = index === durations.length - 1 ? Infinity : from + duration * 1000;
    const cues = file.cues.filter((cue) => cue.end > from && cue.start < to);
    from = to;
    return { text: writeWebVtt({ ...file, anchor: { mpegts: start, local: 0 }, cues }), duration };
  });
}

export function captionPlaylist(
  segments: readonly CaptionSegment[],
  address: (number: number) => string,
): MediaPlaylist {
  return {
    version: 3,
    independentSegments: false,
    mediaSequence: 1,
    segments: segments.map(({ duration }, index) => ({ uri: address(index + 1), duration })),
  };
}

/** BCP 47 for MediaConvert's ISO 639-2 code, and a name to show; undefined where a description names no language. */
export function languageOf(code: string | undefined): { readonly tag: string; readonly name: string } | undefined {
  if (!code || code.toLowerCase() === "und") return undefined;
  const tag = Intl.getCanonicalLocales(code.toLowerCase())[0]!;
  return { tag, name: new Intl.DisplayNames("en", { type: "language" }).of(tag) ?? tag };
}

/** What a player's menu shows for captions. */
export function captionName(caption: CaptionDescription, position: number): string {
  return caption.languageDescription ?? captionLanguage(caption)?.name ?? `Subtitles ${position + 1}`;
}

/** The language that captions are marked with. */
export function captionLanguage({
  customLanguageCode,
  languageCode,
}: CaptionDescription): ReturnType<typeof languageOf> {
  return languageOf(customLanguageCode ?? languageCode);
}
