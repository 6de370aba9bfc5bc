import type { CmafAudio, CmafPresentation, CmafText, CmafVideo } from "../../media/cmaf-manifests";
import type { StreamSelection } from "./packaging";

export const FILTER_PARAMETER = "aws.manifestfilter";

const MAX_LENGTH = 1024;
const INT_MAX = 2_147_483_647;

type Track<K> = (track: K, value: string) => boolean;
type FrameRateOf = Pick<CmafPresentation, "frameRate">;

interface Filters {
  readonly video: Readonly<Record<string, (presentation: FrameRateOf) => Track<CmafVideo>>>;
  readonly audio: Readonly<Record<string, Track<CmafAudio>>>;
  readonly text: Readonly<Record<string, Track<CmafText>>>;
}

/** https://docs.aws.amazon.com/mediapackage/latest/ug/manifest-filtering.html */
const FILTERS: Filters = {
  video: {
    video_height: () => (track, value) => inRange(track.facts.height, value),
    video_bitrate: () => (track, value) => inRange(track.bandwidth.peak, value),
    video_framerate: (presentation) => (_track, value) => {
      const { num, den } = presentation.frameRate;
      return inRange(Math.round((num * 1000) / den) / 1000, value);
    },
    video_codec: () => (track, value) => value === (track.facts.codec.startsWith("avc") ? "h264" : "h265"),
    video_dynamic_range: () => (_track, value) => value === "sdr",
  },
  audio: {
    audio_bitrate: (track, value) => inRange(track.bandwidth.peak, value),
    audio_channels: (track, value) => inRange(track.facts.channels, value),
    audio_codec: (track, value) => value === (track.facts.codec === "mp4a.40.2" ? "aacl" : "aach"),
    audio_language: (track, value) => value === track.language?.toLowerCase(),
    audio_sample_rate: (track, value) => inRange(track.facts.sampleRate, value),
  },
  text: { subtitle_language: (track, value) => value === track.language?.toLowerCase() },
};
const RANGES = new Set([
  "video_height",
  "video_bitrate",
  "video_framerate",
  "audio_bitrate",
  "audio_channels",
  "audio_sample_rate",
]);
const LISTS: Readonly<Record<string, readonly string[] | undefined>> = {
  video_codec: ["h264", "h265"],
  video_dynamic_range: ["hdr10", "hlg", "sdr"],
  audio_codec: ["aacl", "aach", "ac-3", "ec-3"],
  audio_language: undefined,
  subtitle_language: undefined,
};

/** A filter that cannot be followed: the origin answers 400 with the message. */
export class FilterError extends Error {}

/** The tracks of a presentation that a manifest query asks for. */
export function filterPresentation<P extends CmafPresentation>(presentation: P, query: URLSearchParams): P {
  const values = query.getAll(FILTER_PARAMETER);
  if (values.length === 0) return presentation;
  if (values.length > 1) throw new FilterError(`${FILTER_PARAMETER} stands ${values.length} times; once is allowed`);
  const parameters = parse(values[0]!);
  const keep = <K>(tracks: readonly K[], filters: Readonly<Record<string, Track<K>>>) =>
    tracks.filter((track) =>
      [...parameters].every(([name, wanted]) => !filters[name] || wanted.some((value) => filters[name]!(track, value))),
    );
  const videoFilters = Object.fromEntries(
    Object.entries(FILTERS.video).map(([name, make]) => [name, make(presentation)]),
  );
  const video = keep(presentation.video, videoFilters);
  const audio = keep(presentation.audio, FILTERS.audio);
  const text = keep(presentation.text, FILTERS.text);
  if (video.length + audio.length + text.length === 0) throw new FilterError("no stream meets the filter's conditions");
  return { ...presentation, video, audio, text };
}

/** What the configuration's `StreamSelection` leaves, in its order. */
export function selectStreams<P extends CmafPresentation>(presentation: P, { min, max, order }: StreamSelection): P {
  const kept = presentation.video.filter(({ bandwidth }) => bandwidth.peak >= min && bandwidth.peak <= max);
  const sign = { ORIGINAL: 0, VIDEO_BITRATE_ASCENDING: 1, VIDEO_BITRATE_DESCENDING: -1 }[order];
  return { ...presentation, video: kept.sort((a, b) => sign * (a.bandwidth.peak - b.bandwidth.peak)) };
}

function parse(filter: string): Map<string, readonly string[]> {
  if (filter.length > MAX_LENGTH) throw new FilterError(`${FILTER_PARAMETER} is longer than ${MAX_LENGTH} characters`);
  const parameters = new Map<string, readonly string[]>();
  for (const part of filter.toLowerCase().split(";")) {
    const [name = "", list = "", ...more] = part.split(":");
    if (more.length > 0 || list === "")
      throw new FilterError(`${part} is malformed; allowed is name:value,value or name:min-max`);
    if (parameters.has(name)) throw new FilterError(`${name} stands twice`);
    const values = list.split(",");
    requireValid(name, values);
    parameters.set(name, values);
  }
  return parameters;
}

function requireValid(name: string, values: readonly string[]): void {
  if (RANGES.has(name)) {
    for (const value of values) {
      const bounds = /^(\d+(?:\.\d{1,3})?)-(\d+(?:\.\d{1,3})?)$/.exec(value)?.slice(1).map(Number);
      if (!bounds || bounds[0]! > bounds[1]! || bounds[1]! > INT_MAX) {
        throw new FilterError(`${name}:${value} is no range; allowed is min-max within 0-${INT_MAX}`);
      }
    }
  } else if (!(name in LISTS)) {
    throw new FilterError(`${name} is no filter; allowed are ${[...RANGES, ...Object.keys(LISTS)].join(", ")}`);
  } else {
    const allowed = LISTS[name];
    const wrong = allowed && values.find((value) => !allowed.includes(value));
    if (wrong !== undefined) throw new FilterError(`${name}:${wrong} is not known; allowed are ${allowed!.join(", ")}`);
  }
}

function inRange(value: number, range: string): boolean {
  const [min = 0, max = 0] = range.split("-").map(Number);
  return value >= min && value <= max;
}
