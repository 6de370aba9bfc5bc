import type { FrameRate, TrackTimeline } from "./cmaf-timeline";

export interface DashRepresentation {
  readonly id: string;
  /** Bits a second at peak. */
  readonly bandwidth: number;
  /** RFC 6381. */
  readonly codecs: string;
  readonly width?: number;
  readonly height?: number;
  readonly frameRate?: FrameRate;
  /** Hertz. */
  readonly audioSamplingRate?: number;
  readonly channels?: number;
}

/** Renditions of one track that a player switches between; their segments are aligned. */
export interface DashAdaptationSet {
  readonly contentType: "video" | "audio";
  /** BCP 47. */
  readonly language?: string;
  readonly timeline: TrackTimeline;
  /** Media time of presentation time 0, in the timeline's units. */
  readonly presentationTimeOffset: number;
  /** Templates with `$RepresentationID$` and `$Number$` or `$Number%05d$`. */
  readonly initialization: string;
  readonly media: string;
  readonly representations: readonly DashRepresentation[];
}

/** A side-car WebVTT file for the whole title, in presentation time. */
export interface DashText {
  readonly id: string;
  readonly uri: string;
  readonly language?: string;
  readonly label?: string;
  readonly bandwidth: number;
}

export interface DashPresentation {
  /** Seconds, exact. */
  readonly duration: number;
  /** Seconds; what a player buffers before it starts, at the stated bandwidths. */
  readonly minBufferTime: number;
  readonly sets: readonly DashAdaptationSet[];
  readonly text: readonly DashText[];
}

/**
 * A static MPD of profile isoff-live, one period, numbered segments with their times in a SegmentTimeline.
 *
 * @see ISO/IEC 23009-1 and https://dashif.org/docs/DASH-IF-IOP-v4.3.pdf
 */
export function writeMpd(presentation: DashPresentation): string {
  const longest = Math.max(
    0,
    ...presentation.sets.flatMap(({ timeline }) => timeline.spans.map(({ duration }) => duration / timeline.timescale)),
  );
  const root = attributes({
    xmlns: "urn:mpeg:dash:schema:mpd:2011",
    profiles: "urn:mpeg:dash:profile:isoff-live:2011",
    type: "static",
    mediaPresentationDuration: seconds(presentation.duration),
    minBufferTime: seconds(presentation.minBufferTime),
    maxSegmentDuration: seconds(Math.ceil(longest * 1000) / 1000),
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<MPD${root}>`,
    `  <Period${attributes({ id: "1", start: "PT0S", duration: seconds(presentation.duration) })}>`,
    ...presentation.sets.flatMap((set, index) => adaptationSet(set, index + 1)),
    ...presentation.text.flatMap((text, index) => textSet(text, presentation.sets.length + index + 1)),
    "  </Period>",
    "</MPD>",
    "",
  ].join("\n");
}

function adaptationSet(set: DashAdaptationSet, id: number): string[] {
  const list = attributes({
    id,
    contentType: set.contentType,
    mimeType: `${set.contentType}/mp4`,
    lang: set.language,
    segmentAlignment: "true",
    startWithSAP: 1,
    ...(set.contentType === "video" && { maxWidth: most(set, "width"), maxHeight: most(set, "height") }),
  });
  return [
    `    <AdaptationSet${list}>`,
    '      <Role schemeIdUri="urn:mpeg:dash:role:2011" value="main"/>',
    ...segmentTemplate(set),
    ...set.representations.flatMap(representation),
    "    </AdaptationSet>",
  ];
}

function segmentTemplate({ timeline, presentationTimeOffset, initialization, media }: DashAdaptationSet): string[] {
  const list = attributes({
    timescale: timeline.timescale,
    presentationTimeOffset: presentationTimeOffset || undefined,
    startNumber: 1,
    initialization,
    media,
  });
  return [
    `      <SegmentTemplate${list}>`,
    "        <SegmentTimeline>",
    ...timelineEntries(timeline).map((entry) => `          <S${attributes(entry)}/>`),
    "        </SegmentTimeline>",
    "      </SegmentTemplate>",
  ];
}

/** Equal neighbours become one entry; a time is stated at the start and after a gap. */
function timelineEntries({ spans }: TrackTimeline): { t?: number; d: number; r?: number }[] {
  const entries: { t?: number; d: number; r?: number }[] = [];
  let end: number | undefined;
  for (const { start, duration } of spans) {
    const last = entries.at(-1);
    if (last && end === start && last.d === duration) last.r = (last.r ?? 0) + 1;
    else entries.push(end === start ? { d: duration } : { t: start, d: duration });
    end = start + duration;
  }
  return entries;
}

function representation(entry: DashRepresentation): string[] {
  const { id, bandwidth, codecs, width, height, frameRate, audioSamplingRate, channels } = entry;
  const rate = frameRate && (frameRate.den === 1 ? `${frameRate.num}` : `${frameRate.num}/${frameRate.den}`);
  const sar = width && height ? "1:1" : undefined;
  const list = attributes({ id, bandwidth, codecs, width, height, sar, frameRate: rate, audioSamplingRate });
  if (channels === undefined) return [`      <Representation${list}/>`];
  const scheme = "urn:mpeg:dash:23003:3:audio_channel_configuration:2011";
  return [
    `      <Representation${list}>`,
    `        <AudioChannelConfiguration${attributes({ schemeIdUri: scheme, value: channels })}/>`,
    "      </Representation>",
  ];
}

function textSet({ id, uri, language, label, bandwidth }: DashText, setId: number): string[] {
  return [
    `    <AdaptationSet${attributes({ id: setId, contentType: "text", mimeType: "text/vtt", lang: language })}>`,
    '      <Role schemeIdUri="urn:mpeg:dash:role:2011" value="subtitle"/>',
    ...(label ? [`      <Label>${escaped(label)}</Label>`] : []),
    `      <Representation${attributes({ id, bandwidth })}>`,
    `        <BaseURL>${escaped(uri)}</BaseURL>`,
    "      </Representation>",
    "    </AdaptationSet>",
  ];
}

function most(set: DashAdaptationSet, side: "width" | "height"): number | undefined {
  return Math.max(...set.representations.map((entry) => entry[side] ?? 0)) || undefined;
}

function attributes(values: Readonly<Record<string, string | number | undefined>>): string {
  const present = Object.entries(values).filter(([, value]) => value !== undefined);
  return present.map(([name, value]) => ` ${name}="${escaped(String(value))}"`).join("");
}

/** An ISO 8601 duration in seconds, to the microsecond and without trailing zeros. */
function seconds(value: number): string {
  return `PT${Number(value.toFixed(6))}S`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (mark) => `&#${mark.charCodeAt(0)};`);
}
