import type { AudioFacts, TrackKind, VideoFacts } from "./cmaf";
import type { Bandwidth } from "./cmaf-bandwidth";
import type { FrameRate, TrackTimeline } from "./cmaf-timeline";
import { writeMpd } from "./dash";
import { writeMediaPlaylist, writeMultivariantPlaylist, type Rendition, type Variant } from "./hls";
import { MPEG_CLOCK } from "./transport-stream";

export interface CmafVideo {
  /** Names its files, e.g. `video_720p`. */
  readonly id: string;
  readonly facts: VideoFacts;
  readonly timeline: TrackTimeline;
  readonly bandwidth: Bandwidth;
}

export interface CmafAudio {
  readonly id: string;
  /** For people, e.g. `English`. */
  readonly name: string;
  readonly language?: string;
  readonly facts: AudioFacts;
  readonly timeline: TrackTimeline;
  readonly bandwidth: Bandwidth;
}

export interface CmafText {
  readonly id: string;
  readonly name: string;
  readonly language?: string;
  readonly isDefault: boolean;
  readonly autoselect: boolean;
  readonly forced?: boolean;
  /** Seconds a segment, for HLS. */
  readonly durations: readonly number[];
}

/** A title in CMAF: what both its HLS and its DASH manifest are written from. */
export interface CmafPresentation {
  /** MPEG clock; see {@link planTimeline}. */
  readonly duration: number;
  readonly presentationStart: number;
  readonly frameRate: FrameRate;
  readonly video: readonly CmafVideo[];
  readonly audio: readonly CmafAudio[];
  readonly text: readonly CmafText[];
}

/** How the files of a presentation are called; `id` is the rendition's. */
export interface CmafNames {
  playlist(id: string): string;
  init(id: string, kind: TrackKind): string;
  /** `number` is 1 for the first. */
  segment(id: string, kind: TrackKind, number: number): string;
  textSegment(id: string, number: number): string;
  /** The whole of a text rendition, for DASH. */
  textFile(id: string): string;
  /** The same names as DASH templates, with `$RepresentationID$` and `$Number%05d$`. */
  initTemplate(kind: TrackKind): string;
  segmentTemplate(kind: TrackKind): string;
}

/** EXT-X-MAP outside I-frame playlists needs 6 (RFC 8216, 7); players expect 7 with fragmented MP4. */
const VERSION = 7;
const AUDIO_GROUP = "audio";
const TEXT_GROUP = "subtitles";

/** HLS multivariant playlist: audio and subtitles as groups beside the video variants. */
export function cmafMultivariant(presentation: CmafPresentation, names: CmafNames): string {
  const { video, audio, text } = presentation;
  const renditions: Rendition[] = [
    ...audio.map(({ id, name, language, facts }, index) => ({
      type: "AUDIO" as const,
      groupId: AUDIO_GROUP,
      name,
      language,
      isDefault: index === 0,
      autoselect: true,
      channels: facts.channels,
      uri: names.playlist(id),
    })),
    ...text.map(({ id, name, language, isDefault, autoselect, forced }) => {
      return {
        type: "SUBTITLES" as const,
        groupId: TEXT_GROUP,
        name,
        language,
        isDefault,
        autoselect,
        forced,
        uri: names.playlist(id),
      };
    }),
  ];
  const heard = audio.reduce((most, { bandwidth }) => Math.max(most, bandwidth.peak), 0);
  const heardOnAverage = audio.reduce((most, { bandwidth }) => Math.max(most, bandwidth.average), 0);
  const variants = video.map(({ id, facts, bandwidth }): Variant => ({
    uri: names.playlist(id),
    bandwidth: bandwidth.peak + heard,
    averageBandwidth: bandwidth.average + heardOnAverage,
    codecs: [...new Set([facts.codec, ...audio.map((track) => track.facts.codec)])],
    width: facts.width,
    height: facts.height,
    frameRate: presentation.frameRate.num / presentation.frameRate.den,
    ...(audio.length > 0 && { audio: AUDIO_GROUP }),
    ...(text.length > 0 && { subtitles: TEXT_GROUP }),
  }));
  return writeMultivariantPlaylist({ version: VERSION, independentSegments: true, renditions, variants });
}

/** HLS media playlist of a video or audio rendition. */
export function cmafTrackPlaylist(track: CmafVideo | CmafAudio, kind: TrackKind, names: CmafNames): string {
  const { spans, timescale } = track.timeline;
  return writeMediaPlaylist({
    version: VERSION,
    independentSegments: true,
    mediaSequence: 1,
    map: names.init(track.id, kind),
    segments: spans.map(({ duration }, index) => {
      return { uri: names.segment(track.id, kind, index + 1), duration: duration / timescale };
    }),
  });
}

/** HLS media playlist of a WebVTT rendition. */
export function cmafTextPlaylist({ id, durations }: CmafText, names: CmafNames): string {
  const segments = durations.map((duration, index) => ({ uri: names.textSegment(id, index + 1), duration }));
  return writeMediaPlaylist({ version: VERSION, independentSegments: false, mediaSequence: 1, segments });
}

/** DASH manifest over the same segments; WebVTT as a file beside them, which players take more widely than segments. */
export function cmafMpd(presentation: CmafPresentation, names: CmafNames, minBufferTime: number): string {
  const { video, audio, text, frameRate, presentationStart } = presentation;
  const media = (kind: TrackKind) => ({ initialization: names.initTemplate(kind), media: names.segmentTemplate(kind) });
  const videoSet = video[0] && {
    contentType: "video" as const,
    timeline: video[0].timeline,
    presentationTimeOffset: presentationStart,
    ...media("video"),
    representations: video.map(({ id, bandwidth, facts }) => {
      return {
        id,
        bandwidth: bandwidth.peak,
        codecs: facts.codec,
        width: facts.width,
        height: facts.height,
        frameRate,
      };
    }),
  };
  const audioSets = audio.map(({ id, language, bandwidth, facts, timeline }) => ({
    contentType: "audio" as const,
    language,
    timeline,
    presentationTimeOffset: Math.round((presentationStart * timeline.timescale) / MPEG_CLOCK),
    ...media("audio"),
    representations: [
      {
        id,
        bandwidth: bandwidth.peak,
        codecs: facts.codec,
        audioSamplingRate: facts.sampleRate,
        channels: facts.channels,
      },
    ],
  }));
  return writeMpd({
    duration: presentation.duration / MPEG_CLOCK,
    minBufferTime,
    sets: [...(videoSet ? [videoSet] : []), ...audioSets],
    // A nominal 1 kbit/s: the attribute is mandatory and text is negligible.
    text: text.map(({ id, name, language }) => ({
      id,
      uri: names.textFile(id),
      language,
      label: name,
      bandwidth: 1000,
    })),
  });
}
