/** Environment of `get-title`. */
export type GetTitleEnv = Record<
  | "CATALOGUE_TABLE"
  /** As for `mint-playback`. */
  | "API_ORIGIN_SECRET"
  | "ALLOWED_COUNTRIES"
  | "BLOCKED_COUNTRIES"
  /** Claim of the token that lists roles; empty: nobody is an editor. */
  | "GROUPS_CLAIM",
  string
>;
