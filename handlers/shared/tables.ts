/** Keys and indexes of the tables, shared by the stack that makes them and the handlers that use them. */

export const CATALOGUE = {
  /** One item a title; its versions are inside it. */
  key: "assetId",
  /** Published titles, newest first. Project `include` with it (all attributes would do, and copy every version). */
  publishedIndex: {
    name: "by-publish-state",
    key: "publishState",
    sort: "publishedAt",
    include: ["title", "poster", "durationSeconds", "licence"],
  },
  /** Sparse: titles with a version that waits for MediaPackage, oldest first. Keys are enough. */
  packagingIndex: { name: "packaging", key: "packagingState", sort: "packagingSince" },
} as const;

export const ENTITLEMENTS = {
  /** Subject of the viewer's token, or an institution's id. */
  key: "viewerId",
  /** What the item is; the values below. */
  sort: "scope",
  /** A subscription: `{ status, expiresAt?: ISO 8601, streams?: number }`; see `entitlements.ts` for the states. */
  subscription: "SUBSCRIPTION",
  /** A licence for one title: `{ expiresAt?: ISO 8601 }`. */
  licence: (assetId: string) => `LICENCE#${assetId}`,
  /** A licence for every title of a collection: the same. */
  collection: (collection: string) => `COLLECTION#${collection}`,
  /** A viewer's membership: `{ institution, expiresAt?: ISO 8601 }`. */
  membership: "MEMBERSHIP",
  /** The right to keep the files of whatever the viewer may watch: `{ expiresAt?: ISO 8601 }`. */
  download: "DOWNLOAD",
  /** The right to keep the file of one title: the same. */
  downloadOf: (assetId: string) => `DOWNLOAD#${assetId}`,
  /** An institution's own items. Their scopes differ from viewers', so that no token's subject can pass for one. */
  ofInstitution: (scope: string) => `INSTITUTION#${scope}`,
} as const;

export const SESSIONS = {
  /** Subject of the viewer's token; one item a viewer, playing sessions inside it. */
  key: "viewerId",
  /** Seconds since 1970, when nothing in the item counts any more: DynamoDB deletes it some time after. */
  expiry: "expiresAt",
} as const;
