import { mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { BlobStore } from "./blob-store";
import { BucketIndex } from "./bucket-index";
import type { CorsRule } from "./cors";
import { UploadStore } from "./upload-store";
import { isObject } from "./version";

export interface BucketSettings {
  readonly name: string;
  /** Keeps what is overwritten and deleted. */
  readonly versioned: boolean;
  /** Publishes `Object Created`. */
  readonly eventbridge: boolean;
  /** Which pages of other origins may call; none where there is no rule. */
  readonly cors: readonly CorsRule[];
}

/** A bucket on disk. */
export interface Bucket extends BucketSettings {
  readonly createdAt: Date;
  readonly index: BucketIndex;
  readonly blobs: BlobStore;
  readonly uploads: UploadStore;
}

/** Opens a bucket's directory, making it when it is new, and clears away what a killed process left half written. */
export function openBucket(settings: BucketSettings, root: string, random: (bytes: number) => Buffer): Bucket {
  const directory = join(root, settings.name);
  mkdirSync(directory, { recursive: true });
  const index = new BucketIndex(directory);
  const blobs = new BlobStore(join(directory, "blobs"), random);
  const uploads = new UploadStore(join(directory, "uploads"));
  const objects = [...index.all()].filter(isObject).map(({ blob }) => blob);
  const parts = uploads.list().flatMap(({ id }) => uploads.parts(id).map(({ blob }) => blob.name));
  blobs.sweep(new Set([...objects, ...parts]));
  return { ...settings, createdAt: statSync(directory).birthtime, index, blobs, uploads };
}
