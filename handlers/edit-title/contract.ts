/** Environment of `edit-title`. */
export type EditTitleEnv = Record<
  | "CATALOGUE_TABLE"
  /** As for `mint-playback`. */
  | "API_ORIGIN_SECRET"
  /** Claim of the token that lists roles; empty: nobody is an editor. */
  | "GROUPS_CLAIM",
  string
>;

/** The editors' actions, by the routes that serve them. */
export const EDIT_ROUTES = {
  publish: "POST /api/titles/{assetId}/publish",
  withdraw: "POST /api/titles/{assetId}/withdraw",
  license: "PUT /api/titles/{assetId}/licence",
} as const;
