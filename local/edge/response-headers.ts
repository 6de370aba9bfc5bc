import { globMatches } from "./glob";
import type { CorsPolicy, ResponseHeadersPolicy } from "./response-headers-policy";
import type { ResponseHeaders, ViewerRequest } from "./types";

const CORS_HEADERS = [
  "access-control-allow-origin",
  "access-control-allow-credentials",
  "access-control-allow-headers",
  "access-control-allow-methods",
  "access-control-expose-headers",
  "access-control-max-age",
];

/** Removes first, then adds; without `override` what the origin sent stays. */
export function applyResponseHeaders(
  headers: ResponseHeaders,
  policy: ResponseHeadersPolicy | undefined,
  request: ViewerRequest,
): ResponseHeaders {
  if (!policy) return headers;
  const result: ResponseHeaders = { ...headers };
  for (const name of policy.remove) delete result[name];
  if (policy.cors) applyCors(result, policy.cors, request);
  for (const header of policy.headers) {
    if (header.override || result[header.name] === undefined) result[header.name] = header.value;
  }
  return result;
}

/** Preflights go to the origin like any request; the policy adds its headers to whatever the origin answered. */
function applyCors(result: ResponseHeaders, cors: CorsPolicy, request: ViewerRequest): void {
  const origin = request.headers.origin;
  if (cors.override) for (const name of CORS_HEADERS) delete result[name];
  if (origin === undefined) return;
  const any = cors.origins.includes("*");
  if (!any && !cors.origins.some((allowed) => originMatches(allowed, origin))) return;
  const preflight = request.method === "OPTIONS" && request.headers["access-control-request-method"] !== undefined;
  const additions: ResponseHeaders = {
    "access-control-allow-origin": any ? "*" : origin,
    ...(cors.credentials ? { "access-control-allow-credentials": "true" } : {}),
    ...(preflight ? preflightHeaders(cors) : exposeHeaders(cors)),
  };
  for (const [name, value] of Object.entries(additions)) result[name] ??= value;
  if (!any) result.vary = withVary(result.vary, "Origin");
}

/** An allowed origin may begin with a wildcard for subdomains, and may leave the scheme out. */
function originMatches(allowed: string, origin: string): boolean {
  return globMatches(allowed, allowed.includes("://") ? origin : origin.replace(/^https?:\/\//, ""));
}

function preflightHeaders(cors: CorsPolicy): ResponseHeaders {
  return {
    "access-control-allow-methods": cors.methods.join(", "),
    "access-control-allow-headers": cors.headers.join(", "),
    ...(cors.maxAge === undefined ? {} : { "access-control-max-age": String(cors.maxAge) }),
  };
}

function exposeHeaders(cors: CorsPolicy): ResponseHeaders {
  return cors.expose.length === 0 ? {} : { "access-control-expose-headers": cors.expose.join(", ") };
}

function withVary(vary: string | string[] | undefined, name: string): string {
  const values = String(vary ?? "")
    .split(",")
    .map((value) => value.trim())
    .filter((value) => value !== "");
  return values.some((value) => value.toLowerCase() === name.toLowerCase())
    ? values.join(", ")
    : [...values, name].join(", ");
}
