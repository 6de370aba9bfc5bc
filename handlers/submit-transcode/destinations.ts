import { versionedId } from "../shared/asset-id";

/** Where MediaConvert writes one version: the ladder's playlists, and the stills that the edge serves as they are. */
export interface Destinations {
  /** Without the suffix that each kind of manifest adds. */
  readonly ladder: string;
  readonly poster: string;
  readonly thumbnails: string;
  /** Of the single file, where the template makes one. */
  readonly download: string;
}

/** The first still; MediaConvert numbers them with seven digits. */
const FIRST_STILL = ".0000000.jpg";

/** `ladder/` is read by MediaPackage only; `v1/` is what viewers of topology `direct` ask the edge for. */
export function destinationsOf(
  topology: "mediapackage" | "direct",
  bucket: string,
  assetId: string,
  version: string,
): Destinations {
  const root = topology === "mediapackage" ? "ladder" : "v1";
  return {
    ladder: `s3://${bucket}/${root}/${versionedId(assetId, version)}/index`,
    poster: `s3://${bucket}/posters/${assetId}/${version}/poster`,
    thumbnails: `s3://${bucket}/posters/${assetId}/${version}/thumb`,
    download: `s3://${bucket}/downloads/${assetId}/${version}/${assetId}`,
  };
}

/** Root-relative address of a version's poster at the edge. */
export function posterPath(assetId: string, version: string): string {
  return `/posters/${assetId}/${version}/poster${FIRST_STILL}`;
}

/** Root-relative address of a version's single file at the edge, without the signature that opens it. */
export function downloadPath(assetId: string, version: string): string {
  return `/downloads/${assetId}/${version}/${assetId}.mp4`;
}
