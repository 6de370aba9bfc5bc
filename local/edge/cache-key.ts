import { acceptEncoding } from "./accept-encoding";
import type { Behavior } from "./behavior";
import { joinCookies, parseCookies } from "./cookies";
import { joinQuery, parseQuery } from "./query";
import { selects } from "./selection";
import { edgeHeader } from "./edge-headers";
import type { ViewerRequest } from "./types";

/**
 * What tells two requests apart in the cache: origin, path as sent and what the cache policy lists, in the order sent.
 * The request's signing parameters must be gone already. HEAD shares GET's objects.
 */
export function cacheKey(request: ViewerRequest, behavior: Behavior): string {
  const policy = behavior.cachePolicy;
  const headers = policy.headers.names.map((name) => {
    const lower = name.toLowerCase();
    return `${lower}:${edgeHeader(lower, request) ?? request.headers[lower] ?? ""}`;
  });
  const cookies = parseCookies(request.headers.cookie).filter((cookie) => selects(policy.cookies, cookie.name));
  const query = parseQuery(request.query).filter((parameter) => selects(policy.queryStrings, parameter.name));
  return JSON.stringify([
    request.method === "HEAD" ? "GET" : request.method,
    behavior.origin.id,
    behavior.compress, // behaviours that share an origin may store it differently
    request.path,
    joinQuery(query),
    headers.sort(),
    joinCookies(cookies),
    acceptEncoding(request.headers["accept-encoding"], policy) ?? "",
  ]);
}
