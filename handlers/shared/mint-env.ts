/** Environment that every mint has. */
export type MintEnv = Record<
  | "CATALOGUE_TABLE"
  | "ENTITLEMENTS_TABLE"
  /** What CloudFront sends in the origin secret header; requests without it are refused first. */
  | "API_ORIGIN_SECRET"
  /** `https://<cdn domain>`, without a trailing slash: the scheme and host of every policy resource. */
  | "CDN_ORIGIN"
  /** Secret that holds the active private key as PEM. */
  | "SIGNING_SECRET_ARN"
  /** CloudFront's id of the public key that belongs to it. */
  | "SIGNING_KEY_ID"
  /** `none`, or `ipv4`: bind what is minted to the viewer's IPv4 address. */
  | "BIND_VIEWER_IP"
  /** ISO 3166-1 alpha-2 codes separated by commas; empty: every country. */
  | "ALLOWED_COUNTRIES"
  /** The same; empty: none. */
  | "BLOCKED_COUNTRIES",
  string
>;
