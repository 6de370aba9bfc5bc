import type { KeyObject } from "node:crypto";
import type { EdgeFunction } from "./edge-function";
import { globMatches } from "./glob";
import type { Origin } from "./origin";
import type { CachePolicy, OriginRequestPolicy } from "./policies";
import type { ResponseHeadersPolicy } from "./response-headers-policy";

/** One cache behaviour of the distribution, with everything it refers to. */
export interface Behavior {
  /** `*` for the default. */
  readonly pattern: string;
  readonly origin: Origin;
  readonly allowedMethods: readonly string[];
  readonly cachedMethods: readonly string[];
  readonly compress: boolean;
  /** Keys by id, of all key groups that the behaviour trusts; undefined where access is open. */
  readonly trustedKeys?: ReadonlyMap<string, KeyObject>;
  readonly cachePolicy: CachePolicy;
  readonly originRequestPolicy?: OriginRequestPolicy;
  readonly responseHeadersPolicy?: ResponseHeadersPolicy;
  readonly viewerRequest?: EdgeFunction;
  readonly viewerResponse?: EdgeFunction;
}

/** The first behaviour whose pattern matches; the default one stands last. */
export function selectBehavior(behaviors: readonly Behavior[], path: string): Behavior {
  const normal = normalizePath(path);
  const found = behaviors.find((behavior) => globMatches(withSlash(behavior.pattern), normal));
  if (!found) throw new Error(`no behaviour for ${normal}: the distribution has no default_cache_behavior`);
  return found;
}

function withSlash(pattern: string): string {
  return pattern === "*" || pattern.startsWith("/") ? pattern : `/${pattern}`;
}

/**
 * The path that patterns are compared with: CloudFront normalises it by RFC 3986 (unreserved characters decoded,
 * dot segments resolved) and merges repeated slashes, for the comparison only; the origin receives the path as sent.
 * {@link https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesCacheBehavior.html#DownloadDistValuesPathPattern}
 */
export function normalizePath(path: string): string {
  const decoded = path.replace(/%([0-9a-f]{2})/gi, (escape, hex: string) => {
    const character = String.fromCharCode(parseInt(hex, 16));
    return /[A-Za-z0-9._~-]/.test(character) ? character : escape.toUpperCase();
  });
  const kept: string[] = [];
  const segments = decoded
    .replace(/\/{2,}/g, "/")
    .split("/")
    .slice(1);
  segments.forEach((segment, index) => {
    const last = index === segments.length - 1;
    if (segment !== "." && segment !== "..") return kept.push(segment);
    if (segment === "..") kept.pop();
    if (last) kept.push(""); // a path that ends in a dot segment names a folder
    return undefined;
  });
  return `/${kept.join("/")}`;
}
