import type { ObjectStore } from "../../kernel/object-store";
import type { AssumeRole } from "../role-sessions";
import type { Asset } from "./asset";
import type { AssetIndex } from "./asset-index";
import type { ChildName } from "./file-names";
import type { PackagingConfiguration } from "./packaging";
import type { SegmentCache } from "./segment-cache";

/** What a package of an asset is made from. */
export interface PackageContext {
  readonly asset: Asset;
  readonly index: AssetIndex;
  readonly configuration: PackagingConfiguration;
  readonly store: ObjectStore;
  readonly assume: AssumeRole;
  readonly cache: SegmentCache;
}

export interface PackagedFile {
  readonly contentType: string;
  readonly body: Buffer | string;
  /** Seconds that a cache may keep it. */
  readonly maxAge: number;
}

/** A protocol's files: the parent manifest of the tracks asked for, and its children. */
export interface Packager {
  parent(context: PackageContext, wanted: AssetIndex): PackagedFile;
  /** Undefined when there is no such child. */
  child(context: PackageContext, name: ChildName): Promise<PackagedFile | undefined>;
}

export const CONTENT_TYPES = {
  playlist: "application/x-mpegURL",
  mpd: "application/dash+xml",
  ts: "video/MP2T",
  video: "video/mp4",
  audio: "audio/mp4",
  vtt: "text/vtt",
} as const;

/** 14 days: https://docs.aws.amazon.com/mediapackage/latest/userguide/cdn-recommendations.html */
const SEGMENT_MAX_AGE = 1_209_600;

export function segmentFile(contentType: string, body: Buffer | string): PackagedFile {
  return { contentType, body, maxAge: SEGMENT_MAX_AGE };
}

/** Manifests may be kept for half a segment (same source). */
export function manifestFileOf(contentType: string, body: string, { video }: AssetIndex): PackagedFile {
  const { spans = [], timescale = 1 } = video[0]?.timeline ?? {};
  const longest = Math.max(0, ...spans.map(({ duration }) => duration)) / timescale;
  return { contentType, body, maxAge: Math.max(1, Math.round(longest / 2)) };
}

/** The stored bytes, read with the permissions of the asset's source role. */
export async function readStored({ asset, index, store, assume }: PackageContext, key: string): Promise<Buffer> {
  return store.read(assume(asset.sourceRoleArn), index.bucket, key);
}
