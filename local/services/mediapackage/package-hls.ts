import { writeMediaPlaylist, writeMultivariantPlaylist, type Rendition, type Variant } from "../../media/hls";
import type { AssetIndex } from "./asset-index";
import { FILE_NAMES, transportStreamName, type ChildName } from "./file-names";
import {
  CONTENT_TYPES,
  manifestFileOf,
  readStored,
  segmentFile,
  type PackageContext,
  type PackagedFile,
  type Packager,
} from "./package-context";

/** EXTINF with fractions (RFC 8216, 7). */
const VERSION = 3;
const TEXT_GROUP = "subtitles";

/** HLS with the stored transport stream segments as they are, audio in them. */
export const hlsPackager: Packager = {
  parent: (_context, wanted) => manifestFileOf(CONTENT_TYPES.playlist, multivariant(wanted, _context.index), wanted),
  child: async (context, name) => {
    const { index } = context;
    const video = index.video.find(({ id }) => id === name.id);
    if (video && name.extension === "m3u8" && name.part === undefined) {
      const segments = video.keys.map((_key, at) => ({
        uri: transportStreamName(video.id, at + 1),
        duration: video.timeline.spans[at]!.duration / video.timeline.timescale,
      }));
      return playlist(
        writeMediaPlaylist({ version: VERSION, independentSegments: true, mediaSequence: 1, segments }),
        index,
      );
    }
    if (video && name.extension === "ts") return stored(context, video.keys, name, CONTENT_TYPES.ts);
    const text = index.text.find(({ id }) => id === name.id);
    if (text && name.extension === "m3u8" && name.part === undefined) {
      const segments = text.durations.map((duration, at) => ({
        uri: FILE_NAMES.textSegment(text.id, at + 1),
        duration,
      }));
      return playlist(
        writeMediaPlaylist({ version: VERSION, independentSegments: false, mediaSequence: 1, segments }),
        index,
      );
    }
    if (text && name.extension === "vtt") return stored(context, text.keys, name, CONTENT_TYPES.vtt);
    return undefined;
  },
};

function multivariant(wanted: AssetIndex, whole: AssetIndex): string {
  const renditions = wanted.text.map(({ id, name, language, isDefault, autoselect, forced }): Rendition => {
    return {
      type: "SUBTITLES",
      groupId: TEXT_GROUP,
      name,
      language,
      isDefault,
      autoselect,
      forced,
      uri: FILE_NAMES.playlist(id),
    };
  });
  // Filtering audio out of muxed streams takes the pictures with it, as MediaPackage's documentation warns.
  const muted = whole.audio.length > 0 && wanted.audio.length === 0;
  const variants = (muted ? [] : wanted.video).map(({ id, facts, muxed }): Variant => ({
    uri: FILE_NAMES.playlist(id),
    bandwidth: muxed.bandwidth,
    averageBandwidth: muxed.averageBandwidth,
    codecs: muxed.codecs,
    width: facts.width,
    height: facts.height,
    frameRate: wanted.frameRate.num / wanted.frameRate.den,
    ...(renditions.length > 0 && { subtitles: TEXT_GROUP }),
  }));
  return writeMultivariantPlaylist({ version: VERSION, independentSegments: true, renditions, variants });
}

function playlist(text: string, index: AssetIndex): PackagedFile {
  return manifestFileOf(CONTENT_TYPES.playlist, text, index);
}

async function stored(
  context: PackageContext,
  keys: readonly string[],
  { part }: ChildName,
  contentType: string,
): Promise<PackagedFile | undefined> {
  const key = typeof part === "number" ? keys[part - 1] : undefined;
  return key === undefined ? undefined : segmentFile(contentType, await readStored(context, key));
}
