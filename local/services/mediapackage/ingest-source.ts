import path from "node:path";
import type { Principal } from "../../kernel/aws-service";
import type { ObjectStore } from "../../kernel/object-store";
import type { MultivariantPlaylist } from "../../media/hls";
import { parseMediaPlaylist } from "../../media/hls-parse";
import { MediaError } from "../../media/media-error";
import { parseWebVtt } from "../../media/webvtt";
import type { IndexedText } from "./asset-index";

export type Ladder = MultivariantPlaylist;

/** A bucket as its reader sees it. */
export interface Source {
  readonly store: ObjectStore;
  readonly as: Principal;
  readonly bucket: string;
}

export interface SourcePlaylist {
  /** Of the segments. */
  readonly keys: readonly string[];
  /** Seconds. */
  readonly durations: readonly number[];
}

/** A media playlist of transport stream or WebVTT segments: MediaPackage VOD takes no fragmented MP4. */
export async function readPlaylist({ store, as, bucket }: Source, key: string): Promise<SourcePlaylist> {
  const playlist = parseMediaPlaylist((await store.read(as, bucket, key)).toString("utf8"), key);
  if (playlist.map !== undefined) {
    throw new MediaError(
      `${key} is fragmented MP4 (EXT-X-MAP): MediaPackage VOD takes HLS with transport stream segments`,
    );
  }
  return {
    keys: playlist.segments.map(({ uri }) => resolveKey(key, uri)),
    durations: playlist.segments.map(({ duration }) => duration),
  };
}

/** The subtitles of a ladder, each segment checked to be WebVTT. */
export async function ingestText(source: Source, key: string, ladder: Ladder): Promise<IndexedText[]> {
  const result: IndexedText[] = [];
  for (const rendition of ladder.renditions) {
    if (rendition.type !== "SUBTITLES" || rendition.uri === undefined) continue;
    const playlist = await readPlaylist(source, resolveKey(key, rendition.uri));
    for (const segment of playlist.keys) {
      parseWebVtt((await source.store.read(source.as, source.bucket, segment)).toString("utf8"), segment);
    }
    const base = `text_${(rendition.language ?? "und").toLowerCase().replace(/[^a-z0-9]+/g, "-")}`;
    const taken = result.filter(({ id }) => id === base || id.startsWith(`${base}_`)).length;
    result.push({
      id: taken === 0 ? base : `${base}_${taken + 1}`,
      name: rendition.name,
      language: rendition.language,
      isDefault: rendition.isDefault,
      autoselect: rendition.autoselect,
      forced: rendition.forced,
      ...playlist,
    });
  }
  return result;
}

/** The key that a relative address in a playlist means. */
export function resolveKey(playlistKey: string, uri: string): string {
  if (/^[a-z][a-z0-9+.-]*:|^\//i.test(uri)) {
    throw new MediaError(`${playlistKey}: ${uri} is not relative; children beside or below the playlist are allowed`);
  }
  const key = path.posix.join(path.posix.dirname(playlistKey), decoded(uri.replace(/[?#].*$/, "")));
  if (key.startsWith("..")) throw new MediaError(`${playlistKey}: ${uri} climbs out of the bucket`);
  return key;
}

function decoded(uri: string): string {
  try {
    return decodeURIComponent(uri);
  } catch {
    return uri;
  }
}
