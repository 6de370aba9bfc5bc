import { createHash, createHmac } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";

/** What a signature covers of a request, as it came over the wire. */
export interface RequestHead {
  readonly method: string;
  /** Path and query as sent, still percent-encoded. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
}

/** Credential scope: the day, Region and service that a signing key is made for. */
export interface Scope {
  /** `YYYYMMDD`. */
  readonly day: string;
  readonly region: string;
  readonly service: string;
}

export const ALGORITHM = "AWS4-HMAC-SHA256";

/**
 * The canonical request of Signature Version 4
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html).
 */
export function canonicalRequest(
  head: RequestHead,
  service: string,
  signedHeaders: readonly string[],
  payloadHash: string,
): string {
  const { path, query } = splitUrl(head.url);
  const headers = signedHeaders.map((name) => `${name}:${canonicalValue(head.headers[name])}\n`).join("");
  return [
    head.method,
    canonicalPath(path, service),
    canonicalQuery(query),
    headers,
    signedHeaders.join(";"),
    payloadHash,
  ].join("\n");
}

export function stringToSign(amzDate: string, scope: Scope, request: string): string {
  return [ALGORITHM, amzDate, scopeText(scope), sha256Hex(request)].join("\n");
}

export function scopeText({ day, region, service }: Scope): string {
  return `${day}/${region}/${service}/aws4_request`;
}

export function signingKey(secretAccessKey: string, { day, region, service }: Scope): Buffer {
  const steps = [day, region, service, "aws4_request"];
  return steps.reduce<Buffer>((key, part) => hmac(key, part), Buffer.from(`AWS4${secretAccessKey}`));
}

export function hmac(key: Buffer, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}

export function sha256Hex(data: string | Buffer): string {
  return createHash("sha256").update(data).digest("hex");
}

export function splitUrl(url: string): { readonly path: string; readonly query: string } {
  const mark = url.indexOf("?");
  return mark < 0 ? { path: url, query: "" } : { path: url.slice(0, mark), query: url.slice(mark + 1) };
}

/** Percent-encodes everything but the unreserved characters of RFC 3986. */
export function uriEncode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** S3 signs the path encoded once and never normalised; every other service encodes what was sent once more. */
function canonicalPath(path: string, service: string): string {
  const segments = path.split("/");
  if (service === "s3") return segments.map((segment) => uriEncode(decode(segment))).join("/");
  return withoutDotSegments(segments).map(uriEncode).join("/");
}

function withoutDotSegments(segments: readonly string[]): string[] {
  const kept: string[] = [];
  for (const segment of segments.filter((each) => each !== "" && each !== ".")) {
    if (segment === "..") kept.pop();
    else kept.push(segment);
  }
  const endsOpen = kept.length > 0 && segments.at(-1) === "";
  return ["", ...kept, ...(endsOpen || kept.length === 0 ? [""] : [])];
}

function canonicalQuery(query: string): string {
  return query
    .split("&")
    .filter((pair) => pair !== "")
    .map((pair) => {
      const equals = pair.indexOf("=");
      const name = equals < 0 ? pair : pair.slice(0, equals);
      return [uriEncode(decode(name)), equals < 0 ? "" : uriEncode(decode(pair.slice(equals + 1)))] as const;
    })
    .filter(([name]) => name !== "X-Amz-Signature")
    .sort(([a, x], [b, y]) => (a === b ? order(x, y) : order(a, b)))
    .map(([name, value]) => `${name}=${value}`)
    .join("&");
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function canonicalValue(value: string | readonly string[] | undefined): string {
  const text = typeof value === "string" ? value : (value ?? []).join(",");
  return text.trim().replace(/ +/g, " ");
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // Not percent-encoded UTF-8: signed as it stands, and refused later by whoever has to understand it.
    return text;
  }
}
