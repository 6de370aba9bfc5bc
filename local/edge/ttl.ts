import { errorMinTtl, type ErrorResponses } from "./error-pages";
import type { CachePolicy } from "./policies";
import type { ResponseHeaders } from "./types";

/** How long a response may be served from the cache, in seconds; `store` false: not kept at all. */
export interface Lifetime {
  readonly store: boolean;
  readonly seconds: number;
}

const NOT_STORED: Lifetime = { store: false, seconds: 0 };

/** Statuses that CloudFront caches whatever the origin says, and those it caches only when the origin gives an age. */
const ALWAYS_CACHED_ERRORS = [404, 414, 500, 501, 502, 503, 504];
const CACHED_BY_HEADER_ERRORS = [400, 403, 405, 412, 415];

/**
 * {@link https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/Expiration.html#ExpirationDownloadDist}
 * `now` in milliseconds.
 */
export function successLifetime(headers: ResponseHeaders, policy: CachePolicy, now: number): Lifetime {
  if (policy.maxTtl === 0) return NOT_STORED;
  const directives = cacheControl(headers);
  const refused = directives.has("no-store") || directives.has("private");
  if (refused || directives.has("no-cache")) {
    if (policy.minTtl > 0) return { store: true, seconds: policy.minTtl };
    return { store: !refused, seconds: 0 };
  }
  const age = sharedAge(directives) ?? untilExpires(headers, now);
  if (age === undefined) return { store: true, seconds: Math.max(policy.minTtl, policy.defaultTtl) };
  return { store: true, seconds: Math.min(Math.max(age, policy.minTtl), policy.maxTtl) };
}

/** {@link https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/HTTPStatusCodes.html} */
export function errorLifetime(
  status: number,
  headers: ResponseHeaders,
  policy: CachePolicy,
  responses: ErrorResponses,
  now: number,
): Lifetime {
  const directives = cacheControl(headers);
  const age = sharedAge(directives);
  const cached =
    ALWAYS_CACHED_ERRORS.includes(status) || (CACHED_BY_HEADER_ERRORS.includes(status) && age !== undefined);
  if (!cached) return NOT_STORED;
  const given = Math.min(age ?? untilExpires(headers, now) ?? 0, policy.maxTtl);
  const seconds = Math.max(errorMinTtl(responses, status), given);
  return { store: seconds > 0, seconds };
}

function cacheControl(headers: ResponseHeaders): Map<string, string> {
  const parts = String(headers["cache-control"] ?? "").split(",");
  return new Map(
    parts.map((part) => {
      const [name = "", value = ""] = part.trim().split("=");
      return [name.toLowerCase(), value.replace(/^"|"$/g, "")];
    }),
  );
}

function sharedAge(directives: ReadonlyMap<string, string>): number | undefined {
  for (const name of ["s-maxage", "max-age"]) {
    const value = directives.get(name);
    if (value !== undefined && /^\d+$/.test(value)) return Number(value);
  }
  return undefined;
}

function untilExpires(headers: ResponseHeaders, now: number): number | undefined {
  if (headers.expires === undefined) return undefined;
  const time = Date.parse(String(headers.expires));
  // A date that is none, such as `0`, means "already expired".
  return Number.isNaN(time) ? 0 : Math.max(0, Math.floor((time - now) / 1000));
}
