/** A rendition that variants share: `EXT-X-MEDIA` (RFC 8216, 4.3.4.1). */
export interface Rendition {
  readonly type: "AUDIO" | "SUBTITLES";
  readonly groupId: string;
  readonly name: string;
  /** BCP 47. */
  readonly language?: string;
  readonly isDefault: boolean;
  readonly autoselect: boolean;
  readonly forced?: boolean;
  readonly channels?: number;
  /** Absent for audio that is inside the variants' own segments. */
  readonly uri?: string;
}

/** `EXT-X-STREAM-INF` (RFC 8216, 4.3.4.2). */
export interface Variant {
  readonly uri: string;
  /** Peak and average, bits a second, of all that plays together. */
  readonly bandwidth: number;
  readonly averageBandwidth?: number;
  readonly codecs?: readonly string[];
  readonly width?: number;
  readonly height?: number;
  /** Frames a second. */
  readonly frameRate?: number;
  /** Group ids. */
  readonly audio?: string;
  readonly subtitles?: string;
}

export interface MultivariantPlaylist {
  readonly version: number;
  readonly independentSegments: boolean;
  readonly renditions: readonly Rendition[];
  readonly variants: readonly Variant[];
}

export interface PlaylistSegment {
  readonly uri: string;
  /** Seconds. */
  readonly duration: number;
}

/** A complete (VOD) media playlist. */
export interface MediaPlaylist {
  readonly version: number;
  readonly independentSegments: boolean;
  /** Number of the first segment. */
  readonly mediaSequence: number;
  /** The init segment of fragmented MP4: `EXT-X-MAP`. */
  readonly map?: string;
  readonly segments: readonly PlaylistSegment[];
}

/** A multivariant playlist as text (RFC 8216, 4.3.4). */
export function writeMultivariantPlaylist(playlist: MultivariantPlaylist): string {
  return lines(
    "#EXTM3U",
    `#EXT-X-VERSION:${playlist.version}`,
    playlist.independentSegments && "#EXT-X-INDEPENDENT-SEGMENTS",
    ...playlist.renditions.map((rendition) => `#EXT-X-MEDIA:${renditionAttributes(rendition)}`),
    ...playlist.variants.flatMap((variant) => [`#EXT-X-STREAM-INF:${variantAttributes(variant)}`, variant.uri]),
  );
}

/** A media playlist as text, ended and of type VOD (RFC 8216, 4.3.3). */
export function writeMediaPlaylist(playlist: MediaPlaylist): string {
  const longest = playlist.segments.reduce((most, { duration }) => Math.max(most, Math.round(duration)), 1);
  return lines(
    "#EXTM3U",
    `#EXT-X-VERSION:${playlist.version}`,
    `#EXT-X-TARGETDURATION:${longest}`,
    `#EXT-X-MEDIA-SEQUENCE:${playlist.mediaSequence}`,
    "#EXT-X-PLAYLIST-TYPE:VOD",
    playlist.independentSegments && "#EXT-X-INDEPENDENT-SEGMENTS",
    playlist.map !== undefined && `#EXT-X-MAP:URI=${quoted(playlist.map)}`,
    ...playlist.segments.flatMap(({ uri, duration }) => [`#EXTINF:${duration.toFixed(6)},`, uri]),
    "#EXT-X-ENDLIST",
  );
}

function renditionAttributes(rendition: Rendition): string {
  return attributes({
    TYPE: rendition.type,
    "GROUP-ID": quoted(rendition.groupId),
    NAME: quoted(rendition.name),
    LANGUAGE: rendition.language && quoted(rendition.language),
    DEFAULT: rendition.isDefault ? "YES" : "NO",
    AUTOSELECT: rendition.autoselect ? "YES" : "NO",
    FORCED: rendition.forced === undefined ? undefined : rendition.forced ? "YES" : "NO",
    CHANNELS: rendition.channels && quoted(String(rendition.channels)),
    URI: rendition.uri && quoted(rendition.uri),
  });
}

function variantAttributes(variant: Variant): string {
  return attributes({
    BANDWIDTH: String(variant.bandwidth),
    "AVERAGE-BANDWIDTH": variant.averageBandwidth && String(variant.averageBandwidth),
    RESOLUTION: variant.width && variant.height && `${variant.width}x${variant.height}`,
    "FRAME-RATE": variant.frameRate && variant.frameRate.toFixed(3),
    CODECS: variant.codecs && quoted(variant.codecs.join(",")),
    AUDIO: variant.audio && quoted(variant.audio),
    SUBTITLES: variant.subtitles && quoted(variant.subtitles),
  });
}

function attributes(values: Readonly<Record<string, string | number | undefined>>): string {
  return Object.entries(values)
    .filter(([, value]) => value !== undefined && value !== 0 && value !== "")
    .map(([name, value]) => `${name}=${value}`)
    .join(",");
}

/** A quoted string cannot hold a quote or a line break (RFC 8216, 4.2). */
function quoted(text: string): string {
  return `"${text.replace(/["\r\n]/g, "'")}"`;
}

function lines(...values: readonly (string | false)[]): string {
  return values.filter((line) => line !== false).join("\n") + "\n";
}
