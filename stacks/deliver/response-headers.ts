import { CloudfrontResponseHeadersPolicy } from "@cdktf/provider-aws/lib/cloudfront-response-headers-policy";
import type { Construct } from "constructs";
import type { Environment } from "../../environments/environment";

const TWO_YEARS = 63_072_000;

/** Headers of every response from the edge: exact CORS origins where players sit on other hosts, and security headers. */
export function responseHeaders(scope: Construct, id: string, { name, deliver }: Environment): string {
  const { corsOrigins } = deliver;
  return new CloudfrontResponseHeadersPolicy(scope, id, {
    name: `vod-${name}`,
    ...(corsOrigins.length > 0 && {
      corsConfig: {
        accessControlAllowCredentials: true,
        accessControlAllowOrigins: { items: [...corsOrigins] },
        accessControlAllowMethods: { items: ["GET", "HEAD", "OPTIONS", "POST", "PUT", "DELETE"] },
        accessControlAllowHeaders: { items: ["authorization", "content-type", "range"] },
        accessControlExposeHeaders: { items: ["content-length", "content-range", "date"] },
        accessControlMaxAgeSec: 600,
        originOverride: true,
      },
    }),
    securityHeadersConfig: {
      strictTransportSecurity: { accessControlMaxAgeSec: TWO_YEARS, includeSubdomains: false, override: true },
      contentTypeOptions: { override: true },
      referrerPolicy: { referrerPolicy: "strict-origin-when-cross-origin", override: true },
    },
    lifecycle: { createBeforeDestroy: true },
  }).id;
}
