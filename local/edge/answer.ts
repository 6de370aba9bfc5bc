import type { Behavior } from "./behavior";
import { rangeAnswer } from "./byte-range";
import { conditionalStatus, rangeStillValid } from "./conditional";
import type { Loaded } from "./loader";
import { forwardsCookies } from "./origin-headers";
import type { EdgeResponse, ResponseHeaders, ViewerRequest } from "./types";

/** What the viewer gets of what was loaded: the object, a part of it, or word that the viewer's copy is good. */
export function answer(loaded: Loaded, request: ViewerRequest, behavior: Behavior, now: number): EdgeResponse {
  const headers = viewerHeaders(loaded.headers, behavior);
  if (loaded.storedAt !== undefined) headers.age = String(Math.max(0, Math.floor((now - loaded.storedAt) / 1000)));
  const whole: EdgeResponse = {
    status: loaded.status,
    headers,
    body: loaded.body,
    result: loaded.status >= 400 ? "Error" : loaded.result,
    cached: loaded.result !== "Miss",
  };
  if (loaded.negotiated || loaded.status !== 200 || !["GET", "HEAD"].includes(request.method)) return whole;
  return negotiated(whole, request);
}

function negotiated(whole: EdgeResponse, request: ViewerRequest): EdgeResponse {
  const status = conditionalStatus(request.headers, whole.headers);
  if (status !== undefined) {
    const { "content-length": _length, ...headers } = whole.headers;
    discard(whole);
    return { ...whole, status, headers, body: Buffer.alloc(0), result: status === 412 ? "Error" : whole.result };
  }
  const range = request.headers.range;
  if (range === undefined || request.method !== "GET" || !Buffer.isBuffer(whole.body)) return whole;
  if (!rangeStillValid(request.headers, whole.headers)) return whole;
  const part = rangeAnswer(range, whole.headers, whole.body);
  return part ? { ...whole, ...part, result: part.status === 416 ? "Error" : whole.result } : whole;
}

function discard(response: EdgeResponse): void {
  if (!Buffer.isBuffer(response.body)) response.body.destroy();
}

/** An origin's headers as CloudFront hands them on. */
function viewerHeaders(headers: ResponseHeaders, behavior: Behavior): ResponseHeaders {
  const result: ResponseHeaders = { ...headers };
  if (dropsSetCookie(behavior)) delete result["set-cookie"];
  const vary = forwardedVary(result.vary, behavior);
  if (vary === "") delete result.vary;
  else result.vary = vary;
  delete result.via; // CloudFront writes its own
  return result;
}

/**
 * `Set-Cookie` reaches viewers only where the behaviour forwards cookies to the origin.
 * {@link https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/RequestAndResponseBehaviorCustomOrigin.html#ResponseCustomRemovedHeaders}
 * That page speaks of the older settings; that policies behave alike is not verified.
 */
export function dropsSetCookie(behavior: Behavior): boolean {
  return !forwardsCookies(behavior);
}

/** Of `Vary` only what the origin was given a chance to vary by stays. */
function forwardedVary(vary: string | string[] | undefined, behavior: Behavior): string {
  const selections = [behavior.cachePolicy.headers, behavior.originRequestPolicy?.headers];
  const listed = selections.flatMap((selection) => selection?.names ?? []).map((name) => name.toLowerCase());
  const all = selections.some((selection) => selection?.kind === "all" || selection?.kind === "allExcept");
  return String(vary ?? "")
    .split(",")
    .map((name) => name.trim())
    .filter((name) => all || ["accept-encoding", "cookie", ...listed].includes(name.toLowerCase()))
    .join(", ");
}
