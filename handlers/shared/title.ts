/** A title and its versions, as the catalogue holds them; one item a title. */

/**
 * States of a version. `SUPERSEDED`: never prepared, because a newer upload of the same key was already known. A title as
 * a whole is published or withdrawn besides, whatever its versions are.
 */
export const STATUSES = ["RECEIVED", "TRANSCODING", "PACKAGING", "READY", "PUBLISHED", "FAILED", "SUPERSEDED"] as const;
export type Status = (typeof STATUSES)[number];

export type Stage = "ingest" | "transcode" | "package";

/** Why a version cannot be watched. */
export interface Failure {
  readonly stage: Stage;
  readonly code: string;
  /** For people: what is wrong with the upload, or what the service said. */
  readonly reason: string;
}

/** A captions file beside the mezzanine. */
export interface SideCar {
  readonly key: string;
  readonly etag: string;
  /** BCP 47 tag; `und` when the file's name says none. */
  readonly language: string;
}

export interface Rendition {
  readonly name: string;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}

/** Root-relative addresses at the edge; everything of one version is under `/v1/<prefix>/`. */
export interface Playback {
  readonly prefix: string;
  readonly hls?: string;
  readonly dash?: string;
  readonly cmaf?: string;
}

/** One upload of a title, or one preparation of it with other captions. */
export interface Version {
  readonly version: string;
  /** Compares as text among the versions of one title; see `version-order.ts`. */
  readonly order: string;
  readonly status: Status;
  /** ISO 8601: when each status was first reached. */
  readonly at: Readonly<Partial<Record<Status, string>>>;
  readonly source: { readonly etag: string; readonly versionId?: string; readonly bytes?: number };
  /** ISO 8601: until then the invocation that claimed the version is at work. */
  readonly leaseUntil?: string;
  readonly template?: { readonly name: string; readonly version: string };
  readonly job?: { readonly id: string; readonly status: "SUBMITTED" | "COMPLETE" | "ERROR" | "CANCELED" };
  readonly sideCars: readonly SideCar[];
  /** Languages of the captions, BCP 47. */
  readonly captions: readonly string[];
  readonly renditions: readonly Rendition[];
  readonly durationSeconds?: number;
  readonly hasAudio?: boolean;
  /** MediaPackage's asset id; absent in topology `direct`. */
  readonly mediaPackageAsset?: string;
  readonly playback?: Playback;
  /** Root-relative address of the poster at the edge. */
  readonly poster?: string;
  /** Root-relative address of the single file at the edge, where one was made. */
  readonly download?: string;
  readonly drm: boolean;
  readonly failure?: Failure;
}

/** What a licensor allows for a title, beside the viewer's subscription. */
export interface LicenceTerms {
  /** Viewers need a licence for the title or for its collection. */
  readonly required?: boolean;
  /** The collection that the title belongs to. */
  readonly collection?: string;
  /** Only members of an institution may watch, on their institution's account. */
  readonly institutionOnly?: boolean;
  /** ISO 8601: the publish window; the first instant inside it, and the first one past it. */
  readonly notBefore?: string;
  readonly notAfter?: string;
  /** ISO 3166-1 alpha-2, beside the environment's own lists; absent or empty: no further limit. */
  readonly allowedCountries?: readonly string[];
  readonly blockedCountries?: readonly string[];
}

export interface Title {
  readonly assetId: string;
  readonly source: { readonly bucket: string; readonly key: string };
  readonly title: string;
  /** Whom, when and where an editor lets the title be watched; absent: every subscriber, always, everywhere. */
  readonly licence?: LicenceTerms;
  /** Absent until the title is first published or withdrawn. */
  readonly publishState?: "PUBLISHED" | "WITHDRAWN";
  /** ISO 8601: first publication, which neither a new version nor a withdrawal changes. */
  readonly publishedAt?: string;
  /** ISO 8601: present while the title is withdrawn. */
  readonly withdrawnAt?: string;
  /** The version that viewers get. */
  readonly playing?: string;
  /** Copies of the playing version's values, for the index of published titles. */
  readonly poster?: string;
  readonly durationSeconds?: number;
  /** The newest version known. */
  readonly latest: string;
  /** Present while a version is PACKAGING: the key of the sparse index. */
  readonly packagingState?: "WAITING";
  /** ISO 8601. */
  readonly packagingSince?: string;
  readonly versions: Readonly<Record<string, Version>>;
}
