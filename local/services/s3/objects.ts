import type { Readable } from "node:stream";
import { AwsError, type Principal } from "../../kernel/aws-service";
import type { Blob } from "./blob-store";
import type { Bucket } from "./bucket";
import { checkWriteCondition, type WriteCondition } from "./conditions";
import type { S3Context } from "./context";
import type { Encryption } from "./encryption";
import { publishCreated, type CreatedReason } from "./events";
import { checkIntegrity, type Integrity } from "./integrity";
import { isObject, type ObjectAttributes, type ObjectVersion } from "./version";

/** How an object comes to be. */
export interface Creation {
  readonly principal: Principal;
  readonly reason: CreatedReason;
  readonly attributes: ObjectAttributes;
  readonly encryption?: Encryption;
  readonly condition?: WriteCondition;
  /** Bytes of each part, and the ETag made of theirs. */
  readonly multipart?: { readonly parts: readonly number[]; readonly etag: string };
}

/** Streams a body into a bucket and makes it the latest version of its key: wholly, or not at all. */
export async function createObject(
  context: S3Context,
  bucket: Bucket,
  key: string,
  body: Readable | Iterable<Buffer>,
  creation: Creation & { readonly integrity?: Integrity },
): Promise<ObjectVersion> {
  // Refused before the upload where that is already clear, and again at its end, where it counts.
  checkWriteCondition(creation.condition ?? {}, bucket.index.latest(key));
  const blob = await bucket.blobs.write(body, creation.integrity?.checksum);
  try {
    checkIntegrity(blob, creation.integrity ?? {});
    return commit(context, bucket, key, blob, creation);
  } catch (error) {
    bucket.blobs.remove(blob.name);
    throw error;
  }
}

/** Nothing may be awaited between the condition and the index. */
function commit(context: S3Context, bucket: Bucket, key: string, blob: Blob, creation: Creation): ObjectVersion {
  checkWriteCondition(creation.condition ?? {}, bucket.index.latest(key));
  const { multipart } = creation;
  const version: ObjectVersion = {
    ...creation.attributes,
    versionId: bucket.versioned ? context.random(16).toString("hex") : "null",
    blob: blob.name,
    size: blob.size,
    etag: multipart?.etag ?? blob.md5,
    lastModified: context.clock(),
    sequencer: context.sequencer.next(),
    checksum: blob.checksum,
    parts: multipart?.parts,
    encryption: creation.encryption,
  };
  for (const replaced of bucket.index.add(key, version, !bucket.versioned)) bucket.blobs.remove(replaced.blob);
  publishCreated(context, bucket, key, version, creation);
  return version;
}

/** @throws AwsError `NoSuchKey` or `NoSuchVersion` 404, `MethodNotAllowed` 405 for a delete marker */
export function findObject(bucket: Bucket, key: string, versionId?: string): ObjectVersion {
  if (versionId === undefined) {
    const latest = bucket.index.latest(key);
    if (latest) return latest;
    throw new AwsError("NoSuchKey", "The specified key does not exist.", 404);
  }
  const version = bucket.index.version(key, versionId);
  if (isObject(version)) return version;
  if (version)
    throw new AwsError("MethodNotAllowed", "The specified method is not allowed against this resource.", 405);
  throw new AwsError("NoSuchVersion", "The specified version does not exist.", 404);
}

export interface Deletion {
  /** Of the marker that was made or taken away. */
  readonly marker?: string;
  /** Of the version that was taken away. */
  readonly versionId?: string;
}

/** Hides a key behind a marker, or, with a version or in a bucket without versions, takes the bytes away. */
export function deleteObject(context: S3Context, bucket: Bucket, key: string, versionId?: string): Deletion {
  if (versionId === undefined && bucket.versioned) {
    const marker = context.random(16).toString("hex");
    bucket.index.add(key, { versionId: marker, deleted: true }, false);
    return { marker };
  }
  const removed = bucket.index.remove(key, versionId ?? "null");
  if (isObject(removed)) bucket.blobs.remove(removed.blob);
  if (versionId === undefined) return {};
  return removed && !isObject(removed) ? { marker: versionId, versionId } : { versionId };
}
