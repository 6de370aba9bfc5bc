import type { Readable } from "node:stream";
import type { Principal } from "./aws-service";

export interface ObjectInfo {
  readonly bucket: string;
  readonly key: string;
  /** Bytes. */
  readonly size: number;
  /** Without quotes. */
  readonly etag: string;
  readonly versionId: string;
  readonly lastModified: Date;
  readonly contentType: string;
  readonly cacheControl?: string;
}

export interface PutOptions {
  readonly contentType?: string;
  readonly cacheControl?: string;
  /** As a multipart upload, as whoever writes what it does not know the size of. */
  readonly inParts?: boolean;
}

/**
 * S3 as other local services use it in process. Every call names who makes it, is authorised and recorded
 * exactly as if it had come over HTTP, and writes emit `Object Created`.
 * Missing buckets and keys throw an AwsError with S3's code (`NoSuchBucket`, `NoSuchKey`).
 */
export interface ObjectStore {
  put(as: Principal, bucket: string, key: string, body: Buffer | Readable, options?: PutOptions): Promise<ObjectInfo>;
  read(as: Principal, bucket: string, key: string): Promise<Buffer>;
  head(as: Principal, bucket: string, key: string): Promise<ObjectInfo>;
  /** All objects whose key starts with `prefix`, in UTF-8 order of their keys. */
  list(as: Principal, bucket: string, prefix: string): Promise<ObjectInfo[]>;
  /** The Region that a bucket is in. */
  region(as: Principal, bucket: string): Promise<string>;
  /** Who pays for requests to a bucket; nothing here makes it the requester. */
  payer(as: Principal, bucket: string): Promise<"BucketOwner" | "Requester">;
  /** Path of a file on disk with the object's bytes, for programs that read files. Not to be changed. */
  file(as: Principal, bucket: string, key: string): Promise<string>;
}
