import type { MediaPlaylist, MultivariantPlaylist, PlaylistSegment, Rendition, Variant } from "./hls";
import { MediaError } from "./media-error";

/** What a playlist is; a single media playlist is not a ladder. */
export function isMultivariant(text: string): boolean {
  return /^#EXT-X-STREAM-INF:/m.test(text);
}

/**
 * Reads a multivariant playlist (RFC 8216, 4.3.4). Attributes that the packager has no use for are passed over.
 *
 * @param name the playlist's name, for the error
 * @throws MediaError when the text is no multivariant playlist or a variant lacks its BANDWIDTH or its address
 */
export function parseMultivariantPlaylist(text: string, name: string): MultivariantPlaylist {
  const rows = rowsOf(text, name);
  if (!isMultivariant(text)) throw new MediaError(`${name} is not a multivariant playlist: it has no EXT-X-STREAM-INF`);
  const variants: Variant[] = [];
  const renditions: Rendition[] = [];
  rows.forEach((row, index) => {
    const [tag, rest] = split(row);
    if (tag === "#EXT-X-MEDIA") renditions.push(...renditionOf(attributesOf(rest)));
    if (tag === "#EXT-X-STREAM-INF") variants.push(variantOf(attributesOf(rest), rows[index + 1], name));
  });
  return {
    version: versionOf(rows),
    independentSegments: rows.includes("#EXT-X-INDEPENDENT-SEGMENTS"),
    renditions,
    variants,
  };
}

/**
 * Reads a complete media playlist (RFC 8216, 4.3.3).
 *
 * @throws MediaError when it is live, empty, encrypted or made of byte ranges
 */
export function parseMediaPlaylist(text: string, name: string): MediaPlaylist {
  const rows = rowsOf(text, name);
  const segments: PlaylistSegment[] = [];
  let duration: number | undefined;
  let map: string | undefined;
  for (const row of rows) {
    const [tag, rest] = split(row);
    if (tag === "#EXTINF") duration = Number.parseFloat(rest);
    else if (tag === "#EXT-X-MAP") map = attributesOf(rest).get("URI");
    else if (tag === "#EXT-X-BYTERANGE")
      throw new MediaError(`${name} uses byte ranges: one file a segment is allowed`);
    else if (tag === "#EXT-X-KEY" && attributesOf(rest).get("METHOD") !== "NONE")
      throw new MediaError(`${name} is encrypted`);
    else if (!row.startsWith("#")) {
      if (duration === undefined || !(duration >= 0))
        throw new MediaError(`${name}: segment ${row} has no EXTINF duration`);
      segments.push({ uri: row, duration });
      duration = undefined;
    }
  }
  if (!rows.includes("#EXT-X-ENDLIST"))
    throw new MediaError(`${name} has no EXT-X-ENDLIST: only complete playlists are allowed`);
  if (segments.length === 0) throw new MediaError(`${name} lists no segment`);
  const sequence = rows.find((row) => row.startsWith("#EXT-X-MEDIA-SEQUENCE:"));
  return {
    version: versionOf(rows),
    independentSegments: rows.includes("#EXT-X-INDEPENDENT-SEGMENTS"),
    mediaSequence: sequence ? Number.parseInt(split(sequence)[1], 10) : 0,
    ...(map !== undefined && { map }),
    segments,
  };
}

function variantOf(attributes: ReadonlyMap<string, string>, uri: string | undefined, name: string): Variant {
  const bandwidth = Number(attributes.get("BANDWIDTH"));
  if (!uri || uri.startsWith("#")) throw new MediaError(`${name}: a variant has no address`);
  if (!Number.isInteger(bandwidth) || bandwidth <= 0) throw new MediaError(`${name}: variant ${uri} has no BANDWIDTH`);
  const [width, height] = (attributes.get("RESOLUTION") ?? "").split("x").map(Number);
  return {
    uri,
    bandwidth,
    ...defined("averageBandwidth", numberOf(attributes.get("AVERAGE-BANDWIDTH"))),
    ...defined("codecs", attributes.get("CODECS")?.split(",")),
    ...(width && height && { width, height }),
    ...defined("frameRate", numberOf(attributes.get("FRAME-RATE"))),
    ...defined("audio", attributes.get("AUDIO")),
    ...defined("subtitles", attributes.get("SUBTITLES")),
  };
}

function renditionOf(attributes: ReadonlyMap<string, string>): Rendition[] {
  const type = attributes.get("TYPE");
  if (type !== "AUDIO" && type !== "SUBTITLES") return [];
  const forced = attributes.get("FORCED");
  return [
    {
      type,
      groupId: attributes.get("GROUP-ID") ?? "",
      name: attributes.get("NAME") ?? "",
      ...defined("language", attributes.get("LANGUAGE")),
      isDefault: attributes.get("DEFAULT") === "YES",
      autoselect: attributes.get("AUTOSELECT") === "YES" || attributes.get("DEFAULT") === "YES",
      ...(forced && { forced: forced === "YES" }),
      ...defined("channels", numberOf(attributes.get("CHANNELS"))),
      ...defined("uri", attributes.get("URI")),
    },
  ];
}

function rowsOf(text: string, name: string): string[] {
  const rows = text
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .map((row) => row.trim());
  if (rows[0] !== "#EXTM3U") throw new MediaError(`${name} is not a playlist: it does not begin with #EXTM3U`);
  return rows.filter((row) => row !== "" && (!row.startsWith("#") || row.startsWith("#EXT")));
}

function split(row: string): [string, string] {
  const at = row.indexOf(":");
  return at < 0 ? [row, ""] : [row.slice(0, at), row.slice(at + 1)];
}

function attributesOf(list: string): Map<string, string> {
  const matches = list.matchAll(/([A-Z0-9-]+)=(?:"([^"]*)"|([^,]*))/g);
  return new Map([...matches].map(([, name, quoted, plain]) => [name!, quoted ?? plain ?? ""]));
}

function versionOf(rows: readonly string[]): number {
  const row = rows.find((line) => line.startsWith("#EXT-X-VERSION:"));
  return row ? Number.parseInt(split(row)[1], 10) : 1;
}

function numberOf(text: string | undefined): number | undefined {
  const value = Number.parseFloat(text ?? "");
  return Number.isFinite(value) ? value : undefined;
}

function defined<K extends string, V>(key: K, value: V | undefined): Partial<Record<K, V>> {
  return value === undefined ? {} : ({ [key]: value } as Record<K, V>);
}
