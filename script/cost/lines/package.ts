import type { Facts } from "../facts";
import type { Charge, Line } from "../line";
import type { Usage } from "../usage";

/** What the edge asks the media origin for: packaged on the spot, or read from the bucket. */
export function packageLines(charge: Charge, { topology }: Facts, { segments, manifests }: Usage): Line[] {
  const reads = charge("S3", "segments read", segments.missed, "s3.get");
  if (topology === "direct") return [reads, charge("S3", "manifests read", manifests.missed, "s3.get")];
  const size = segments.missedSize + manifests.missedSize;
  return [charge("MediaPackage", "packaged for the edge", size, "mediapackage.vod"), reads];
}
