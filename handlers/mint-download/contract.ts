/** Environment of `mint-download`; as that of `mint-playback`, where the names are the same. */
export type MintDownloadEnv = Record<
  | "CATALOGUE_TABLE"
  | "ENTITLEMENTS_TABLE"
  | "API_ORIGIN_SECRET"
  | "CDN_ORIGIN"
  | "SIGNING_SECRET_ARN"
  | "SIGNING_KEY_ID"
  /** Life of an address, whole seconds. */
  | "ADDRESS_SECONDS"
  /** `none`, or `ipv4`: bind addresses to the viewer's IPv4 address. */
  | "BIND_VIEWER_IP"
  | "ALLOWED_COUNTRIES"
  | "BLOCKED_COUNTRIES",
  string
>;
