import { assetIdOf } from "../shared/asset-id";
import { problem } from "../shared/http";
import { VIDEO_SUFFIXES } from "../shared/media-files";
import { suffixOf } from "./file";
import type { Deps } from "./deps";
import { type Part, partSizeFor } from "./parts";
import { encodeUploadId, type UploadName } from "./upload-id";

/** Addresses in one answer, which may have 6 MB in all (https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html). */
const MOST_ADDRESSES = 100;

/** Life of a part's address: time enough for the parts of one answer, of which a client asks for more when it needs them. */
const ADDRESS_SECONDS = 900;

/** An upload, as every answer names it. */
export function describeUpload({ settings }: Pick<Deps, "settings">, upload: UploadName) {
  const { key } = upload;
  const name = key.slice(key.lastIndexOf("/") + 1);
  const isVideo = VIDEO_SUFFIXES.some((suffix) => suffix === suffixOf(name));
  return {
    uploadId: encodeUploadId(upload),
    key,
    name,
    /** The title that a video makes or replaces; captions join the title of the video beside them. */
    assetId: isVideo ? assetIdOf(settings.bucket, key) : undefined,
    /** Bytes of every part but the last. */
    partSize: partSizeFor(settings.maximumBytes),
  };
}

/** The first of the missing parts with the addresses that take them. */
export async function addressed({ uploads, now }: Deps, upload: UploadName, missing: readonly Part[]) {
  const parts = missing.slice(0, MOST_ADDRESSES).map(async (part) => ({
    ...part,
    url: await uploads.partAddress(upload, part, ADDRESS_SECONDS),
  }));
  const addressesExpireAt = new Date(now() + ADDRESS_SECONDS * 1000).toISOString();
  return { parts: await Promise.all(parts), addressesExpireAt };
}

export const UPLOAD_NOT_FOUND = problem(
  404,
  "UPLOAD_NOT_FOUND",
  "There is no such upload: it was completed, cancelled, or left alone for a week.",
);
