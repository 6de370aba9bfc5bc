/** Environment of `mint-playback`. */
export type MintPlaybackEnv = Record<
  | "CATALOGUE_TABLE"
  | "ENTITLEMENTS_TABLE"
  /** Playing sessions, where streams at a time are limited. */
  | "SESSIONS_TABLE"
  /** What CloudFront sends in the origin secret header; requests without it are refused first. */
  | "API_ORIGIN_SECRET"
  /** `https://<cdn domain>`, without a trailing slash: the scheme and host of every policy resource. */
  | "CDN_ORIGIN"
  /** Secret that holds the active private key as PEM. */
  | "SIGNING_SECRET_ARN"
  /** CloudFront's id of the public key that belongs to it. */
  | "SIGNING_KEY_ID"
  /** Life of a cookie, whole seconds. */
  | "COOKIE_SECONDS"
  /** `none`, or `ipv4`: bind cookies to the viewer's IPv4 address. */
  | "BIND_VIEWER_IP"
  /** `same-site` gives `SameSite=Lax`; `cross-site` gives `SameSite=None; Partitioned`. */
  | "PLAYER_SITE"
  /** ISO 3166-1 alpha-2 codes separated by commas; empty: every country. */
  | "ALLOWED_COUNTRIES"
  /** The same; empty: none. */
  | "BLOCKED_COUNTRIES"
  /** Streams of a viewer at a time; 0: any number, unless the plan of a subscription says one. */
  | "CONCURRENT_STREAMS"
  /** `offered`: players are told of a title's single file; `none`: there is no way to it. */
  | "DOWNLOADS",
  string
>;
