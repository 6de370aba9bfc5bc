import { createHash } from "node:crypto";
import type { ResponseHeaders } from "./types";

interface Span {
  readonly start: number;
  /** Inclusive. */
  readonly end: number;
}

export interface RangeAnswer {
  readonly status: 206 | 416;
  readonly headers: ResponseHeaders;
  readonly body: Buffer;
}

/**
 * The part of an object that a `Range` header asks for; undefined where the whole is to be sent: no range in bytes,
 * ranges out of order or overlapping.
 * {@link https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/RangeGETs.html}
 */
export function rangeAnswer(header: string, headers: ResponseHeaders, body: Buffer): RangeAnswer | undefined {
  const spans = parseRanges(header, body.length);
  if (!spans) return undefined;
  const [first, ...rest] = spans;
  if (!first) return unsatisfiable(body.length);
  if (rest.length > 0) return multipart(spans, headers, body);
  return {
    status: 206,
    headers: { ...headers, "content-range": contentRange(first, body.length), "content-length": length(first) },
    body: body.subarray(first.start, first.end + 1),
  };
}

function parseRanges(header: string, size: number): Span[] | undefined {
  const list = /^bytes=(.+)$/i.exec(header.trim())?.[1];
  if (list === undefined) return undefined;
  const spans: Span[] = [];
  let after = -1;
  for (const part of list.split(",")) {
    const [, from = "", to = ""] = /^\s*(\d*)-(\d*)\s*$/.exec(part) ?? [];
    if (from === "" && to === "") return undefined;
    const start = from === "" ? Math.max(0, size - Number(to)) : Number(from);
    const end = from === "" || to === "" ? size - 1 : Math.min(Number(to), size - 1);
    if (from !== "" && to !== "" && Number(to) < start) return undefined;
    if (start > end) continue; // begins after the last byte, or asks for the last 0
    if (start <= after) return undefined;
    spans.push({ start, end });
    after = end;
  }
  return spans;
}

function unsatisfiable(size: number): RangeAnswer {
  const headers = { "content-range": `bytes */${size}`, "content-length": "0" };
  return { status: 416, headers, body: Buffer.alloc(0) };
}

function multipart(spans: readonly Span[], headers: ResponseHeaders, body: Buffer): RangeAnswer {
  const boundary = createHash("md5").update(body).digest("hex");
  const type = String(headers["content-type"] ?? "application/octet-stream");
  const parts = spans.flatMap((span) => [
    Buffer.from(
      `\r\n--${boundary}\r\nContent-Type: ${type}\r\nContent-Range: ${contentRange(span, body.length)}\r\n\r\n`,
    ),
    body.subarray(span.start, span.end + 1),
  ]);
  const whole = Buffer.concat([...parts, Buffer.from(`\r\n--${boundary}--\r\n`)]);
  const contentType = `multipart/byteranges; boundary=${boundary}`;
  return {
    status: 206,
    headers: { ...headers, "content-type": contentType, "content-length": String(whole.length) },
    body: whole,
  };
}

function contentRange({ start, end }: Span, size: number): string {
  return `bytes ${start}-${end}/${size}`;
}

function length({ start, end }: Span): string {
  return String(end - start + 1);
}
