/** Environment of `end-session`. */
export type EndSessionEnv = Record<
  | "SESSIONS_TABLE"
  /** As for `mint-playback`. */
  | "API_ORIGIN_SECRET"
  /** Life of a cookie, whole seconds: so long an ended session is remembered. */
  | "COOKIE_SECONDS",
  string
>;
