import {
  CloudfrontResponseHeadersPolicy,
  type CloudfrontResponseHeadersPolicyCorsConfig,
  type CloudfrontResponseHeadersPolicySecurityHeadersConfig,
} from "@cdktf/provider-aws/lib/cloudfront-response-headers-policy";
import { Construct } from "constructs";
import type { Environment } from "../../environments/environment";
import { NO_PAGE, pagePolicy } from "./content-security-policy";

const TWO_YEARS = 63_072_000;

export interface ResponseHeadersProps {
  readonly environment: Environment;
  /** Whom the player page asks besides its own origin, as CSP sources. */
  readonly pageConnects: readonly string[];
}

/** The edge's own headers, by kind of answer: exact CORS origins where players sit on other hosts, and security headers. */
export class ResponseHeaders extends Construct {
  readonly media: string;
  readonly api: string;
  readonly page: string;

  constructor(scope: Construct, id: string, { environment, pageConnects }: ResponseHeadersProps) {
    super(scope, id);
    const { name, deliver } = environment;
    const policy = (of: string, policyName: string, config: object): string =>
      new CloudfrontResponseHeadersPolicy(this, `${of}:headers`, {
        name: policyName,
        ...config,
        lifecycle: { createBeforeDestroy: true },
      }).id;
    const cors = (methods: readonly string[]) =>
      deliver.corsOrigins.length > 0 && { corsConfig: exactly(deliver.corsOrigins, methods) };
    this.media = policy("vod", `vod-${name}`, {
      ...cors(["GET", "HEAD", "OPTIONS"]),
      securityHeadersConfig: security(),
    });
    this.api = policy("api", `vod-api-${name}`, {
      ...cors(["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"]),
      securityHeadersConfig: security(NO_PAGE),
    });
    this.page = policy("page", `vod-page-${name}`, { securityHeadersConfig: security(pagePolicy(pageConnects)) });
  }
}

/** Credentials are sent, so each origin is named: https://fetch.spec.whatwg.org/#cors-protocol-and-credentials */
function exactly(origins: readonly string[], methods: readonly string[]): CloudfrontResponseHeadersPolicyCorsConfig {
  return {
    accessControlAllowCredentials: true,
    accessControlAllowOrigins: { items: [...origins] },
    accessControlAllowMethods: { items: [...methods] },
    accessControlAllowHeaders: { items: ["authorization", "content-type", "range"] },
    accessControlExposeHeaders: { items: ["content-length", "content-range", "date", "retry-after", "x-cache"] },
    accessControlMaxAgeSec: 600,
    originOverride: true,
  };
}

function security(contentSecurityPolicy?: string): CloudfrontResponseHeadersPolicySecurityHeadersConfig {
  return {
    strictTransportSecurity: { accessControlMaxAgeSec: TWO_YEARS, includeSubdomains: false, override: true },
    contentTypeOptions: { override: true },
    frameOptions: { frameOption: "DENY", override: true },
    referrerPolicy: { referrerPolicy: "strict-origin-when-cross-origin", override: true },
    ...(contentSecurityPolicy !== undefined && {
      contentSecurityPolicy: { contentSecurityPolicy, override: true },
    }),
  };
}
