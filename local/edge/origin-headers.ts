import { acceptEncoding } from "./accept-encoding";
import type { Behavior } from "./behavior";
import { joinCookies, parseCookies } from "./cookies";
import { edgeHeader, reservedForEdge } from "./edge-headers";
import { NOTHING, selects, type Selection } from "./selection";
import type { ViewerRequest } from "./types";

/** Never forwarded: they concern one connection, or CloudFront writes its own. */
const DROPPED = new Set([
  "connection",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "expect",
  "cookie",
  "content-length",
  "accept-encoding",
  "x-forwarded-for",
  "x-forwarded-proto",
  "x-real-ip",
  "via",
]);

/** Describe a body; they go with it whatever the policies list. */
const ENTITY = ["content-type", "content-length", "content-encoding", "content-language", "content-md5"];

/** Settled between viewer and edge; sent on only for what the edge does not keep. */
export const CONDITIONAL = [
  "range",
  "if-range",
  "if-match",
  "if-none-match",
  "if-modified-since",
  "if-unmodified-since",
];

/**
 * The headers of an origin request, names in lower case: what the policies list, CloudFront's own, and last the
 * origin's custom headers, which win over anything a viewer sent under their names.
 */
export function originHeaders(request: ViewerRequest, behavior: Behavior): Record<string, string> {
  const { cachePolicy, originRequestPolicy, origin } = behavior;
  const selections = [cachePolicy.headers, originRequestPolicy?.headers ?? NOTHING];
  const headers: Record<string, string> = { host: origin.domainName, "user-agent": "Amazon CloudFront" };
  for (const [name, value] of Object.entries(request.headers)) {
    if (DROPPED.has(name) || CONDITIONAL.includes(name) || reservedForEdge(name)) continue;
    if (forwards(name, cachePolicy.headers, originRequestPolicy?.headers ?? NOTHING)) headers[name] = value;
  }
  for (const name of selections.flatMap((selection) => (selection.kind === "allExcept" ? [] : selection.names))) {
    const value = edgeHeader(name.toLowerCase(), request);
    if (value !== undefined) headers[name.toLowerCase()] = value;
  }
  if (request.body) {
    for (const name of ENTITY) if (request.headers[name] !== undefined) headers[name] = request.headers[name];
  }
  const encodings = encodingHeader(request, behavior);
  if (encodings !== undefined) headers["accept-encoding"] = encodings;
  const cookies = forwardedCookies(request, behavior);
  if (cookies !== "") headers.cookie = cookies;
  const before = request.headers["x-forwarded-for"];
  headers["x-forwarded-for"] = before ? `${before},${request.address}` : request.address;
  headers.via = `1.1 ${request.id
    .slice(0, 8)
    .replace(/[^A-Za-z0-9]/g, "0")
    .toLowerCase()}.cloudfront.net (CloudFront)`;
  headers["x-amz-cf-id"] = request.id;
  return { ...headers, ...origin.customHeaders };
}

/** `Authorization` is forwarded when it is part of the cache key, or with all of the viewer's headers, never alone. */
function forwards(name: string, key: Selection, request: Selection): boolean {
  if (selects(key, name, true)) return true;
  if (name === "authorization" && request.kind === "listed") return false;
  return selects(request, name, true);
}

function encodingHeader(request: ViewerRequest, { cachePolicy, originRequestPolicy }: Behavior): string | undefined {
  const sent = request.headers["accept-encoding"];
  if (sent === undefined) return undefined;
  if (cachePolicy.gzip || cachePolicy.brotli) return acceptEncoding(sent, cachePolicy) ?? "identity";
  const listed = forwards("accept-encoding", cachePolicy.headers, originRequestPolicy?.headers ?? NOTHING);
  return listed ? sent : undefined;
}

export function forwardsCookies({ cachePolicy, originRequestPolicy }: Behavior): boolean {
  return cachePolicy.cookies.kind !== "none" || (originRequestPolicy?.cookies.kind ?? "none") !== "none";
}

function forwardedCookies(request: ViewerRequest, { cachePolicy, originRequestPolicy }: Behavior): string {
  const selections = [cachePolicy.cookies, originRequestPolicy?.cookies ?? NOTHING];
  const cookies = parseCookies(request.headers.cookie);
  return joinCookies(cookies.filter(({ name }) => selections.some((selection) => selects(selection, name))));
}
