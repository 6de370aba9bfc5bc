import { refused, ok, type Result } from "../shared/result";
import type { Failure, Playback } from "../shared/title";

/** A file that MediaConvert wrote. */
export interface WrittenFile {
  readonly bucket: string;
  readonly key: string;
}

/** The HLS manifest, by its suffix: a CMAF group names its DASH manifest in the same list. */
export function hlsManifest(playlists: readonly string[], bucket: string): Result<WrittenFile, Failure> {
  return manifest(playlists, ".m3u8", bucket);
}

/** Viewers' addresses in topology `direct`, where the edge serves the bucket as it is. */
export function directPlayback(
  playlists: readonly string[],
  bucket: string,
  prefix: string,
): Result<Playback, Failure> {
  const hls = manifest(playlists, ".m3u8", bucket);
  const dash = manifest(playlists, ".mpd", bucket);
  if (!hls.ok) return hls;
  if (!dash.ok) return dash;
  return ok({ prefix, hls: `/${hls.value.key}`, dash: `/${dash.value.key}` });
}

function manifest(playlists: readonly string[], suffix: string, bucket: string): Result<WrittenFile, Failure> {
  const found = playlists.find((url) => url.endsWith(suffix));
  const [, foundBucket, key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(found ?? "") ?? [];
  if (foundBucket === bucket && key) return ok({ bucket, key });
  const got = playlists.length > 0 ? playlists.join(", ") : "none";
  const reason = `MediaConvert's manifests must include one ending in ${suffix} in s3://${bucket}/, got ${got}`;
  return refused({ stage: "transcode", code: "NO_MANIFEST", reason });
}
