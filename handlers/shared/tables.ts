/** Keys and indexes of the two tables, shared by the stack that makes them and the handlers that use them. */

export const CATALOGUE = {
  /** One item a title; its versions are inside it. */
  key: "assetId",
  /** Published titles, newest first. Project `include` with it (all attributes would do, and copy every version). */
  publishedIndex: {
    name: "by-publish-state",
    key: "publishState",
    sort: "publishedAt",
    include: ["title", "poster", "durationSeconds"],
  },
  /** Sparse: titles with a version that waits for MediaPackage, oldest first. Keys are enough. */
  packagingIndex: { name: "packaging", key: "packagingState", sort: "packagingSince" },
} as const;

export const ENTITLEMENTS = {
  /** Subject of the viewer's token. */
  key: "viewerId",
  /** `SUBSCRIPTION`, `LICENCE#<assetId>`, `DOWNLOAD` or `DOWNLOAD#<assetId>`. */
  sort: "scope",
  /** Value of `sort` for the item of a viewer's subscription: `{ status: "ACTIVE", expiresAt?: ISO 8601 }`. */
  subscription: "SUBSCRIPTION",
  /** Value of `sort` for a licence: `{ expiresAt?: ISO 8601 }`. */
  licence: (assetId: string) => `LICENCE#${assetId}`,
  /** Value of `sort` for the right to keep the files of whatever the viewer may watch: `{ expiresAt?: ISO 8601 }`. */
  download: "DOWNLOAD",
  /** Value of `sort` for the right to keep the file of one title: the same. */
  downloadOf: (assetId: string) => `DOWNLOAD#${assetId}`,
} as const;
