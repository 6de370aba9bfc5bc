import { cmafFragment, cmafInit, type TrackKind } from "../../media/cmaf";
import { cmafMpd, cmafMultivariant, cmafTextPlaylist, cmafTrackPlaylist } from "../../media/cmaf-manifests";
import { mergeWebVtt, parseWebVtt, rebaseWebVtt, writeWebVtt } from "../../media/webvtt";
import type { IndexedAudio, IndexedText, IndexedVideo } from "./asset-index";
import { FILE_NAMES, type ChildName } from "./file-names";
import {
  CONTENT_TYPES,
  manifestFileOf,
  readStored,
  segmentFile,
  type PackageContext,
  type PackagedFile,
  type Packager,
} from "./package-context";

/** HLS with fragmented MP4, audio apart from video. */
export const cmafPackager: Packager = {
  parent: (_context, wanted) => manifestFileOf(CONTENT_TYPES.playlist, cmafMultivariant(wanted, FILE_NAMES), wanted),
  child: async (context, name) => {
    const { index } = context;
    const track = trackOf(context, name.id);
    const text = index.text.find(({ id }) => id === name.id);
    if (name.extension === "m3u8" && name.part === undefined) {
      if (track)
        return manifestFileOf(CONTENT_TYPES.playlist, cmafTrackPlaylist(track.entry, track.kind, FILE_NAMES), index);
      if (text) return manifestFileOf(CONTENT_TYPES.playlist, cmafTextPlaylist(text, FILE_NAMES), index);
    }
    if (text && name.extension === "vtt") return textSegment(context, text, name);
    return mediaChild(context, name);
  },
};

/** DASH over the same fragments; subtitles as one file a language. */
export const dashPackager: Packager = {
  parent: ({ configuration }, wanted) => {
    return manifestFileOf(CONTENT_TYPES.mpd, cmafMpd(wanted, FILE_NAMES, configuration.minBufferTime), wanted);
  },
  child: async (context, name) => {
    const text = context.index.text.find(({ id }) => id === name.id);
    if (text && name.extension === "vtt" && name.part === undefined) return textFile(context, text);
    return mediaChild(context, name);
  },
};

interface Track {
  readonly kind: TrackKind;
  readonly entry: IndexedVideo | IndexedAudio;
}

function trackOf({ index }: PackageContext, id: string): Track | undefined {
  const video = index.video.find((entry) => entry.id === id);
  if (video) return { kind: "video", entry: video };
  const audio = index.audio.find((entry) => entry.id === id);
  return audio && { kind: "audio", entry: audio };
}

/** Init and media segments, the same for both protocols and cached once for both. */
async function mediaChild(
  context: PackageContext,
  { id, part, extension }: ChildName,
): Promise<PackagedFile | undefined> {
  const track = trackOf(context, id);
  if (!track || extension !== "mp4" || part === undefined) return undefined;
  const { kind, entry } = track;
  const position = part === "init" ? 0 : part - 1;
  const key = entry.keys[position];
  const { spans, decodeDelay } = entry.timeline;
  const span = spans[position];
  if (key === undefined || !span) return undefined;
  const body = await context.cache.get(`${context.asset.hash}/${id}/${part}`, async () => {
    const bytes = await readStored(context, key);
    return part === "init" ? cmafInit(bytes, kind) : cmafFragment(bytes, kind, { span, decodeDelay, sequence: part });
  });
  return segmentFile(CONTENT_TYPES[kind], body);
}

async function textSegment(
  context: PackageContext,
  text: IndexedText,
  { part }: ChildName,
): Promise<PackagedFile | undefined> {
  const key = typeof part === "number" ? text.keys[part - 1] : undefined;
  if (key === undefined) return undefined;
  const file = parseWebVtt((await readStored(context, key)).toString("utf8"), key);
  return segmentFile(CONTENT_TYPES.vtt, writeWebVtt(rebaseWebVtt(file, context.index.origin)));
}

async function textFile(context: PackageContext, text: IndexedText): Promise<PackagedFile> {
  const { origin, presentationStart } = context.index;
  const body = await context.cache.get(`${context.asset.hash}/${text.id}/whole`, async () => {
    const segments = [];
    for (const key of text.keys) segments.push(parseWebVtt((await readStored(context, key)).toString("utf8"), key));
    return Buffer.from(writeWebVtt(mergeWebVtt(segments, origin + presentationStart)));
  });
  return segmentFile(CONTENT_TYPES.vtt, body);
}
