/** Headers between the edge and the API, in lower case as HTTP APIs pass them on. */

/** Sent by CloudFront to the API's origin; whoever lacks it did not come through the edge. */
export const ORIGIN_SECRET_HEADER = "x-vod-origin-secret";

/** `<address>:<port>`, set by CloudFront over whatever the viewer sent. */
export const VIEWER_ADDRESS_HEADER = "cloudfront-viewer-address";

/** ISO 3166-1 alpha-2, set by CloudFront. */
export const VIEWER_COUNTRY_HEADER = "cloudfront-viewer-country";

/** `true` or `false` by what the viewer's `User-Agent` says; of several that are true, the first here. */
export const DEVICE_HEADERS = {
  tv: "cloudfront-is-smarttv-viewer",
  tablet: "cloudfront-is-tablet-viewer",
  phone: "cloudfront-is-mobile-viewer",
  desktop: "cloudfront-is-desktop-viewer",
} as const;
