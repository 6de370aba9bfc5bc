import type { Part } from "./parts";
import type { UploadName } from "./upload-id";

/** A part that arrived. */
export interface ReceivedPart extends Part {
  readonly etag: string;
}

export interface UnfinishedUpload extends UploadName {
  /** ISO 8601. */
  readonly startedAt?: string;
}

export interface NewUpload {
  readonly key: string;
  readonly contentType: string;
  /** Subject of the producer's token, kept with the object. */
  readonly producer: string;
}

/** Multipart uploads of the source bucket. `undefined` or false: there is no such upload (any more). */
export interface UploadStore {
  create(upload: NewUpload): Promise<UploadName>;
  /** Those whose key begins with a prefix. */
  unfinished(prefix: string): Promise<UnfinishedUpload[]>;
  received(upload: UploadName): Promise<ReceivedPart[] | undefined>;
  complete(upload: UploadName, parts: readonly ReceivedPart[]): Promise<boolean>;
  abort(upload: UploadName): Promise<boolean>;
  /** Whether the key's object is what an upload of so many bytes in so many parts made lately. */
  isStored(key: string, size: number, parts: number): Promise<boolean>;
  /** An address that takes the bytes of one part, no more and no fewer, for `seconds`. */
  partAddress(upload: UploadName, part: Part, seconds: number): Promise<string>;
}
