import { createHash } from "node:crypto";

/** What viewers may name: `<slug>-<12 hexadecimal digits>`. */
export const ASSET_ID = /^[a-z0-9](?:[a-z0-9-]{0,60}[a-z0-9])?-[0-9a-f]{12}$/;

/**
 * A version's name: S3's sequencer in lower case. S3 does not fix its length
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html); 32 digits are twice
 * what it sends.
 */
export const VERSION = /^[0-9a-f]{1,32}$/;

const SLUG_LENGTH = 40;

/** Stable for a bucket and key; readable because of the file's name, unique because of the hash. */
export function assetIdOf(bucket: string, key: string): string {
  const hash = createHash("sha256").update(`${bucket}/${key}`).digest("hex").slice(0, 12);
  const slug = fileStem(key)
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, SLUG_LENGTH)
    .replace(/^-+|-+$/g, "");
  return `${slug || "title"}-${hash}`;
}

/** What people read until an editor says otherwise: the file's name, without suffix and underscores. */
export function titleOf(key: string): string {
  return (
    fileStem(key)
      .replace(/[_\s]+/g, " ")
      .trim() || key
  );
}

/** The name that a version has in MediaPackage, in the packaged bucket and, in topology `direct`, in viewer paths. */
export function versionedId(assetId: string, version: string): string {
  return `${assetId}-${version}`;
}

/** Undoes `versionedId`; a version holds no hyphen. */
export function parseVersionedId(id: string): { assetId: string; version: string } | undefined {
  const cut = id.lastIndexOf("-");
  const [assetId, version] = [id.slice(0, cut), id.slice(cut + 1)];
  return cut > 0 && ASSET_ID.test(assetId) && VERSION.test(version) ? { assetId, version } : undefined;
}

function fileStem(key: string): string {
  const name = key.slice(key.lastIndexOf("/") + 1);
  const dot = name.lastIndexOf(".");
  return dot > 0 ? name.slice(0, dot) : name;
}
