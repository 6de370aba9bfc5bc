import { Readable } from "node:stream";
import type { Principal } from "../../kernel/aws-service";
import type { ObjectInfo, ObjectStore } from "../../kernel/object-store";
import { DEFAULT_CONTENT_TYPE } from "./attributes";
import { authorizeRead, authorizeWrite } from "./access";
import { bucketArn, findBucket, type S3Context } from "./context";
import { firstAtOrAfter } from "./key-order";
import { createObject } from "./objects";
import { checkKey } from "./parse-call";
import type { ObjectVersion } from "./version";

/** S3 for services of the same process: the same checks, records and events as over HTTP. */
export function localObjectStore(context: S3Context): ObjectStore {
  const find = (as: Principal, bucket: string, key: string) => {
    const found = authorizeRead(context, as, { bucket, key });
    return { blobs: found.bucket.blobs, version: found.version };
  };
  return {
    async put(as, bucket, key, body, { inParts, ...options } = {}) {
      const encryption = authorizeWrite(context, as, { bucket, key }, { inParts });
      checkKey(key);
      const stream = body instanceof Readable ? body : [body];
      const version = await createObject(context, findBucket(context, bucket), key, stream, {
        principal: as,
        reason: "PutObject",
        attributes: { contentType: DEFAULT_CONTENT_TYPE, ...options, metadata: {} },
        encryption,
      });
      return info(bucket, key, version);
    },
    async read(as, bucket, key) {
      const { blobs, version } = find(as, bucket, key);
      const parts: Buffer[] = [];
      for await (const part of blobs.read(version.blob) as AsyncIterable<Buffer>) parts.push(part);
      return Buffer.concat(parts);
    },
    async head(as, bucket, key) {
      return info(bucket, key, find(as, bucket, key).version);
    },
    async list(as, bucket, prefix) {
      context.authorize(as, "s3:ListBucket", bucketArn(bucket), { "s3:prefix": prefix });
      const { index } = findBucket(context, bucket);
      const keys = index.keys();
      const found: ObjectInfo[] = [];
      for (let at = firstAtOrAfter(keys, prefix); keys[at]?.startsWith(prefix); at += 1) {
        found.push(info(bucket, keys[at]!, index.latest(keys[at]!)!));
      }
      return found;
    },
    async region(as, bucket) {
      context.authorize(as, "s3:GetBucketLocation", bucketArn(bucket));
      findBucket(context, bucket);
      return context.region;
    },
    async payer(as, bucket) {
      context.authorize(as, "s3:GetBucketRequestPayment", bucketArn(bucket));
      findBucket(context, bucket);
      return "BucketOwner";
    },
    async file(as, bucket, key) {
      const { blobs, version } = find(as, bucket, key);
      return blobs.path(version.blob);
    },
  };
}

function info(bucket: string, key: string, version: ObjectVersion): ObjectInfo {
  const { size, etag, versionId, contentType, cacheControl } = version;
  return {
    bucket,
    key,
    size,
    etag,
    versionId,
    lastModified: new Date(version.lastModified),
    contentType,
    cacheControl,
  };
}
