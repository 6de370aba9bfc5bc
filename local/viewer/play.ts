import { Parser as HlsParser } from "m3u8-parser";
import { parse as parseDash } from "mpd-parser";
import { demand, get, type Playback, PlaybackError } from "./viewer";

/** What came through the edge for one protocol. */
export interface Played {
  readonly protocol: "hls" | "dash" | "cmaf";
  readonly renditions: number;
  readonly segments: number;
  readonly bytes: number;
  /** Sum of the segments of one rendition, as the manifest states them. */
  readonly seconds: number;
}

/** A segment may stand in several renditions' playlists (its initialisation, say); each is fetched once. */
interface Rendition {
  readonly segments: ReadonlySet<string>;
  readonly seconds: number;
}

/**
 * Fetches the whole title over one protocol: manifest, every rendition's playlist, every segment.
 * The manifests are read by the parsers that players use, so that what they cannot read fails here.
 * @throws {PlaybackError} naming the first address that was not served
 */
export async function play(protocol: Played["protocol"], playback: Playback): Promise<Played> {
  const manifest = playback[protocol];
  if (manifest === undefined) throw new PlaybackError(`the mint gave no ${protocol} address`);
  const read = protocol === "dash" ? readDash : readHls;
  const renditions = await read(manifest, playback.cookie);
  const segments = new Set(renditions.flatMap((rendition) => [...rendition.segments]));
  if (segments.size === 0) throw new PlaybackError(`${manifest} names no segment`);
  let bytes = 0;
  for (const segment of segments) bytes += (await demand(segment, playback.cookie)).length;
  const seconds = Math.max(...renditions.map((rendition) => rendition.seconds));
  return { protocol, renditions: renditions.length, segments: segments.size, bytes, seconds };
}

/** Shows that the gate is shut: without a cookie the manifest is refused. @throws {PlaybackError} when it is not. */
export async function expectRefusal(manifest: string): Promise<void> {
  const { status } = await get(manifest);
  if (status !== 403) throw new PlaybackError(`${manifest} must answer 403 without a cookie, it answered ${status}`);
}

async function readHls(manifest: string, cookie: string): Promise<Rendition[]> {
  const main = parseHls(await demand(manifest, cookie));
  const groups = Object.values(main.mediaGroups ?? {}).flatMap((group) => Object.values(group));
  const alternatives = groups.flatMap((group) => Object.values(group));
  const playlists = [...(main.playlists ?? []), ...alternatives].flatMap(({ uri }) => uri ?? []);
  const addresses = [...new Set(playlists)].map((uri) => new URL(uri, manifest).href);
  return Promise.all(addresses.map((address) => readMediaPlaylist(address, cookie)));
}

async function readMediaPlaylist(address: string, cookie: string): Promise<Rendition> {
  const { segments = [] } = parseHls(await demand(address, cookie));
  const uris = segments.flatMap(({ uri, map }) => (map ? [map.uri, uri] : [uri]));
  return {
    segments: new Set(uris.map((uri) => new URL(uri, address).href)),
    seconds: segments.reduce((sum, { duration }) => sum + duration, 0),
  };
}

function parseHls(text: Buffer) {
  const parser = new HlsParser();
  parser.push(text.toString("utf8"));
  parser.end();
  return parser.manifest;
}

async function readDash(manifest: string, cookie: string): Promise<Rendition[]> {
  const { playlists, mediaGroups } = parseDash((await demand(manifest, cookie)).toString("utf8"), {
    manifestUri: manifest,
  });
  const audio = Object.values(mediaGroups.AUDIO ?? {}).flatMap((group) => Object.values(group));
  return [...playlists, ...audio.flatMap((each) => each.playlists)].map(({ segments }) => ({
    segments: new Set(
      segments.flatMap(({ resolvedUri, map }) => (map ? [map.resolvedUri, resolvedUri] : [resolvedUri])),
    ),
    seconds: segments.reduce((sum, { duration }) => sum + duration, 0),
  }));
}
