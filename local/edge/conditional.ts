import type { RequestHeaders, ResponseHeaders } from "./types";

/** 304 or 412 where the viewer's conditions say so (RFC 9110, section 13.2.2), else undefined: send the object. */
export function conditionalStatus(request: RequestHeaders, response: ResponseHeaders): 304 | 412 | undefined {
  const etag = response.etag === undefined ? undefined : String(response.etag);
  const modified = date(response["last-modified"]);
  const ifMatch = request["if-match"];
  if (ifMatch !== undefined && etag !== undefined) {
    if (!matches(ifMatch, etag, true)) return 412;
  } else if (before(date(request["if-unmodified-since"]), modified)) {
    return 412;
  }
  const ifNoneMatch = request["if-none-match"];
  if (ifNoneMatch !== undefined && etag !== undefined) return matches(ifNoneMatch, etag, false) ? 304 : undefined;
  const since = date(request["if-modified-since"]);
  if (ifNoneMatch === undefined && since !== undefined && modified !== undefined && modified <= since) return 304;
  return undefined;
}

/** Whether `If-Range` lets the range be served: absent, or the same object still. */
export function rangeStillValid(request: RequestHeaders, response: ResponseHeaders): boolean {
  const validator = request["if-range"];
  if (validator === undefined) return true;
  if (validator.startsWith('"') || validator.startsWith("W/")) return matches(validator, String(response.etag), true);
  return date(validator) !== undefined && date(validator) === date(response["last-modified"]);
}

function matches(list: string, etag: string, strong: boolean): boolean {
  if (list.trim() === "*") return true;
  if (strong && etag.startsWith("W/")) return false;
  const bare = (tag: string) => (strong ? tag : tag.replace(/^W\//, ""));
  return list.split(",").some((tag) => bare(tag.trim()) === bare(etag));
}

function date(value: string | string[] | undefined): number | undefined {
  const time = value === undefined ? NaN : Date.parse(String(value));
  return Number.isNaN(time) ? undefined : time;
}

function before(limit: number | undefined, modified: number | undefined): boolean {
  return limit !== undefined && modified !== undefined && modified > limit;
}
