import type { ChecksumName } from "../../gateway/checksum";
import type { Encryption } from "./encryption";

/** What a client may say about an object besides its bytes. */
export interface ObjectAttributes {
  readonly contentType: string;
  readonly cacheControl?: string;
  readonly contentDisposition?: string;
  readonly contentEncoding?: string;
  readonly contentLanguage?: string;
  readonly expires?: string;
  /** Names without `x-amz-meta-`, in lower case. */
  readonly metadata: Readonly<Record<string, string>>;
}

export interface ObjectChecksum {
  readonly name: ChecksumName;
  /** Base64. */
  readonly value: string;
}

/** One stored version of an object. */
export interface ObjectVersion extends ObjectAttributes {
  /** `null` in a bucket that keeps no versions, as in S3's API. */
  readonly versionId: string;
  /** Name of the file with the bytes. */
  readonly blob: string;
  /** Bytes. */
  readonly size: number;
  /** Without quotes. */
  readonly etag: string;
  /** Milliseconds since 1970. */
  readonly lastModified: number;
  readonly sequencer: string;
  readonly checksum?: ObjectChecksum;
  /** Bytes of each part of a multipart upload. */
  readonly parts?: readonly number[];
  readonly encryption?: Encryption;
}

/** Says that an object is deleted, without taking its versions away. */
export interface DeleteMarker {
  readonly versionId: string;
  readonly deleted: true;
}

export type Version = ObjectVersion | DeleteMarker;

export function isObject(version: Version | undefined): version is ObjectVersion {
  return version !== undefined && !("deleted" in version);
}
