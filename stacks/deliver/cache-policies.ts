import { CloudfrontCachePolicy } from "@cdktf/provider-aws/lib/cloudfront-cache-policy";
import { CloudfrontOriginRequestPolicy } from "@cdktf/provider-aws/lib/cloudfront-origin-request-policy";
import { Construct } from "constructs";
import type { Environment } from "../../environments/environment";

const DAY = 24 * 3600;
const YEAR = 365 * DAY;
const CORS = ["Origin", "Access-Control-Request-Method", "Access-Control-Request-Headers"];
/** Ten headers at most: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html */
const DEVICE = ["SmartTV", "Tablet", "Mobile", "Desktop"].map((device) => `CloudFront-Is-${device}-Viewer`);
const replaceable = { lifecycle: { createBeforeDestroy: true } };

interface Seconds {
  readonly min: number;
  readonly usual: number;
  readonly max: number;
}

/** How long the edge keeps what, and what it asks origins with. */
export class CachePolicies extends Construct {
  /** Seconds: a title that is published again shows soon. */
  readonly manifests: string;
  /** A year: a segment's address never serves other bytes. */
  readonly segments: string;
  /** A day, for what is replaced under its own name. */
  readonly daily: string;
  /** What the origin says, for the player page and its hashed assets. */
  readonly page: string;
  /** Nothing is kept; the token is part of the key, which is the one way to forward it. */
  readonly api: string;
  readonly apiRequests: string;

  constructor(
    scope: Construct,
    id: string,
    private readonly environment: Environment,
  ) {
    super(scope, id);
    const { manifestSeconds } = environment.deliver;
    this.manifests = this.byPath("manifests", { min: 1, usual: manifestSeconds, max: manifestSeconds }, true);
    this.segments = this.byPath("segments", { min: YEAR, usual: YEAR, max: YEAR }, false);
    this.daily = this.byPath("daily", { min: 0, usual: DAY, max: DAY }, false);
    this.page = this.byPath("page", { min: 0, usual: 60, max: YEAR }, true);
    this.api = this.makeApi();
    this.apiRequests = this.makeApiRequests();
  }

  /** Keyed by the path alone: no header, cookie or query of a viewer can split or poison the cache. */
  private byPath(name: string, seconds: Seconds, compressed: boolean): string {
    return new CloudfrontCachePolicy(this, name, {
      name: `vod-${name}-${this.environment.name}`,
      minTtl: seconds.min,
      defaultTtl: seconds.usual,
      maxTtl: seconds.max,
      parametersInCacheKeyAndForwardedToOrigin: {
        cookiesConfig: { cookieBehavior: "none" },
        headersConfig: { headerBehavior: "none" },
        queryStringsConfig: { queryStringBehavior: "none" },
        enableAcceptEncodingGzip: compressed,
        enableAcceptEncodingBrotli: compressed,
      },
      ...replaceable,
    }).id;
  }

  /** CloudFront refuses `Authorization` in an origin request policy, and in a cache policy whose TTLs are all 0. */
  private makeApi(): string {
    return new CloudfrontCachePolicy(this, "api", {
      name: `vod-api-${this.environment.name}`,
      minTtl: 0,
      defaultTtl: 0,
      maxTtl: 1,
      parametersInCacheKeyAndForwardedToOrigin: {
        cookiesConfig: { cookieBehavior: "none" },
        headersConfig: { headerBehavior: "whitelist", headers: { items: ["Authorization"] } },
        queryStringsConfig: { queryStringBehavior: "all" },
        enableAcceptEncodingGzip: false,
        enableAcceptEncodingBrotli: false,
      },
      ...replaceable,
    }).id;
  }

  /**
   * Viewer address, country and kind of device come from CloudFront; cookies are forwarded, or the mint's would be dropped. With players
   * on other hosts the API must see their preflights.
   */
  private makeApiRequests(): string {
    const { deliver, operate } = this.environment;
    const items = [
      "CloudFront-Viewer-Address",
      "CloudFront-Viewer-Country",
      ...(operate.beacons.enabled ? DEVICE : []),
      ...(deliver.corsOrigins.length > 0 ? CORS : []),
    ];
    return new CloudfrontOriginRequestPolicy(this, "api:requests", {
      name: `vod-api-${this.environment.name}`,
      cookiesConfig: { cookieBehavior: "all" },
      headersConfig: {
        headerBehavior: "whitelist",
        headers: { items },
      },
      queryStringsConfig: { queryStringBehavior: "all" },
      ...replaceable,
    }).id;
  }
}
