import { promisify } from "node:util";
import zlib from "node:zlib";
import { acceptEncoding } from "./accept-encoding";
import type { Behavior } from "./behavior";
import type { ResponseHeaders, ViewerRequest } from "./types";

const gzip = promisify(zlib.gzip);
const brotli = promisify(zlib.brotliCompress);

/** Sizes and types: {@link https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/ServingCompressedFiles.html} */
const MIN_BYTES = 1_000;
const MAX_BYTES = 10_000_000;
const STATUSES = [200, 403, 404];
const TYPES = new Set(
  `application/dash+xml application/eot application/font application/font-sfnt application/javascript
application/json application/opentype application/otf application/pdf application/pkcs7-mime application/protobuf
application/rss+xml application/truetype application/ttf application/vnd.apple.mpegurl application/vnd.mapbox-vector-tile
application/vnd.ms-fontobject application/wasm application/xhtml+xml application/xml application/x-font-opentype
application/x-font-truetype application/x-font-ttf application/x-httpd-cgi application/x-javascript
application/x-mpegurl application/x-opentype application/x-otf application/x-perl application/x-ttf font/eot font/opentype
font/otf font/ttf image/svg+xml text/css text/csv text/html text/javascript text/js text/plain text/richtext
text/tab-separated-values text/xml text/x-component text/x-java-source text/x-script vnd.apple.mpegurl`.split(/\s+/),
);

export interface Content {
  readonly status: number;
  readonly headers: ResponseHeaders;
  readonly body: Buffer;
}

/** The same content as the edge keeps it: compressed where behaviour, policy, viewer, type and size allow it. */
export async function compressed(content: Content, request: ViewerRequest, behavior: Behavior): Promise<Content> {
  const { cachePolicy, compress } = behavior;
  const encodings = acceptEncoding(request.headers["accept-encoding"], cachePolicy)?.split(",");
  if (!compress || !encodings || cachePolicy.maxTtl === 0 || !compressible(content)) return content;
  const encoding = encodings.includes("br") ? "br" : "gzip";
  const body = encoding === "br" ? await brotliText(content.body) : await gzip(content.body);
  const headers: ResponseHeaders = { ...content.headers, "content-encoding": encoding };
  headers["content-length"] = String(body.length);
  headers.vary = varyWithEncoding(headers.vary);
  const etag = String(headers.etag ?? "");
  if (etag.startsWith('"')) headers.etag = `W/${etag}`;
  else if (!etag.startsWith("W/")) delete headers.etag;
  delete headers["accept-ranges"];
  return { status: content.status, headers, body };
}

/** A length from the origin is needed: without one CloudFront does not know the size beforehand. */
function compressible({ status, headers, body }: Content): boolean {
  const type = String(headers["content-type"] ?? "")
    .split(";", 1)[0]
    ?.trim()
    .toLowerCase();
  return (
    STATUSES.includes(status) &&
    headers["content-length"] !== undefined &&
    headers["content-encoding"] === undefined &&
    TYPES.has(type ?? "") &&
    body.length >= MIN_BYTES &&
    body.length <= MAX_BYTES
  );
}

function brotliText(body: Buffer): Promise<Buffer> {
  return brotli(body, { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 5 } });
}

function varyWithEncoding(vary: string | string[] | undefined): string {
  const value = String(vary ?? "");
  if (/accept-encoding/i.test(value)) return value;
  return value === "" ? "Accept-Encoding" : `${value}, Accept-Encoding`;
}
