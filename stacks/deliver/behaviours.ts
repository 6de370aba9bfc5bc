import type {
  CloudfrontDistributionDefaultCacheBehavior,
  CloudfrontDistributionOrderedCacheBehavior,
} from "@cdktf/provider-aws/lib/cloudfront-distribution";
import type { CachePolicies } from "./cache-policies";
import type { ResponseHeaders } from "./response-headers";

export interface BehavioursProps {
  readonly policies: CachePolicies;
  readonly headers: ResponseHeaders;
  readonly keyGroupId: string;
  /** Origin of manifests and segments. */
  readonly media: string;
  readonly appIndexArn: string;
  /** Whether there are single files to download. */
  readonly downloads: boolean;
}

const READ = ["GET", "HEAD", "OPTIONS"];
const EVERY_METHOD = ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"];
const CACHED = ["GET", "HEAD"];

/** The route table of the one distribution. Whatever no path names is media, and media is signed. */
export function behaviours(props: BehavioursProps): {
  fallback: CloudfrontDistributionDefaultCacheBehavior;
  ordered: CloudfrontDistributionOrderedCacheBehavior[];
} {
  const { policies, headers } = props;
  const common = { viewerProtocolPolicy: "redirect-to-https", responseHeadersPolicyId: headers.media };
  const reads = { ...common, allowedMethods: READ, cachedMethods: CACHED };
  /** What is open asks for no preflight either, so its origin need not be bothered with one. */
  const files = { ...reads, allowedMethods: CACHED };
  const signed = { ...reads, targetOriginId: props.media, trustedKeyGroups: [props.keyGroupId] };
  const segments = { ...signed, cachePolicyId: policies.segments, compress: false };
  const manifests = { ...signed, cachePolicyId: policies.manifests, compress: true };
  const api = {
    responseHeadersPolicyId: headers.api,
    viewerProtocolPolicy: "https-only", // a redirect would have sent the token in clear already
    allowedMethods: EVERY_METHOD,
    cachedMethods: CACHED,
    targetOriginId: "api",
    cachePolicyId: policies.api,
    originRequestPolicyId: policies.apiRequests,
    compress: false,
  };
  // Opened by the address that is signed for each file: no cookie of the mint reaches so far.
  const downloads = {
    pathPattern: "/downloads/*",
    ...signed,
    targetOriginId: "packaged",
    cachePolicyId: policies.daily,
    compress: false,
  };
  return {
    fallback: segments,
    ordered: [
      { pathPattern: "/v1/*.m3u8", ...manifests },
      { pathPattern: "/v1/*.mpd", ...manifests },
      { pathPattern: "/v1/*", ...segments },
      { pathPattern: "/play/*", ...api },
      { pathPattern: "/api/*", ...api },
      {
        pathPattern: "/posters/*",
        ...files,
        targetOriginId: "packaged",
        cachePolicyId: policies.daily,
        compress: false,
      },
      ...(props.downloads ? [downloads] : []),
      {
        pathPattern: "/app/*",
        ...files,
        targetOriginId: "player",
        responseHeadersPolicyId: headers.page,
        cachePolicyId: policies.page,
        compress: true,
        functionAssociation: [{ eventType: "viewer-request", functionArn: props.appIndexArn }],
      },
    ],
  };
}
