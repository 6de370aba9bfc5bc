/** Environment of `list-titles`. */
export type ListTitlesEnv = Record<
  | "CATALOGUE_TABLE"
  /** As for `mint-playback`. */
  | "API_ORIGIN_SECRET"
  | "ALLOWED_COUNTRIES"
  | "BLOCKED_COUNTRIES",
  string
>;
