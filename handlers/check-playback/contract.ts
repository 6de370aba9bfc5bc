/** Environment of `check-playback`. */
export type CheckPlaybackEnv = Record<
  /** `https://<cdn domain>`, without a trailing slash. */
  | "CDN_ORIGIN"
  /** Client of the user pool with which the check signs in. */
  | "CLIENT_ID"
  /** Secret with the check's viewer: `{"username": "...", "password": "...", "assetId"?: "..."}`. */
  | "VIEWER_SECRET_ARN",
  string
>;
