import type { IncomingMessage, ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import { countryOf, plainAddress } from "./country";
import type { EdgeResponse, RequestHeaders, ViewerRequest } from "./types";

/** Reads what a client sent, nothing decoded and nothing trusted. */
export function readViewerRequest(message: IncomingMessage, id: string, homeCountry: string): ViewerRequest {
  const target = originForm(message.url ?? "/");
  const question = target.indexOf("?");
  const address = plainAddress(message.socket.remoteAddress);
  return {
    id,
    method: message.method ?? "GET",
    path: question < 0 ? target : target.slice(0, question),
    query: question < 0 ? "" : target.slice(question + 1),
    headers: flatten(message),
    address,
    port: message.socket.remotePort ?? 0,
    country: countryOf(address, homeCountry),
    body: hasBody(message) ? message : undefined,
  };
}

/** A client that takes the edge for a proxy sends scheme and host too. */
function originForm(url: string): string {
  const stripped = url.replace(/^https?:\/\/[^/?]*/i, "");
  return stripped.startsWith("/") ? stripped : `/${stripped}`;
}

function flatten(message: IncomingMessage): RequestHeaders {
  const entries = Object.entries(message.headers).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    entries.map(([name, value]) => [name, Array.isArray(value) ? value.join(", ") : (value ?? "")]),
  );
}

function hasBody(message: IncomingMessage): boolean {
  return message.headers["transfer-encoding"] !== undefined || Number(message.headers["content-length"] ?? 0) > 0;
}

/** Writes an answer and gives the number of bytes of its body that were handed over. */
export async function writeResponse(
  response: EdgeResponse,
  request: Pick<ViewerRequest, "id" | "method">,
  out: ServerResponse,
): Promise<number> {
  const bare = request.method === "HEAD" || response.status === 304 || response.status === 204;
  const headers = { ...response.headers, ...edgeHeaders(response, request.id) };
  if (Buffer.isBuffer(response.body)) {
    if (!bare || (request.method === "HEAD" && response.body.length > 0))
      headers["content-length"] = String(response.body.length);
    out.writeHead(response.status, headers);
    out.end(bare ? undefined : response.body);
    return bare ? 0 : response.body.length;
  }
  out.writeHead(response.status, headers);
  if (bare) {
    response.body.destroy();
    out.end();
    return 0;
  }
  let bytes = 0;
  response.body.on("data", (chunk: Buffer) => (bytes += chunk.length));
  // A client that went away, or an origin that broke off, ends the connection; the status is sent already.
  await pipeline(response.body, out).catch(() => out.destroy());
  return bytes;
}

function edgeHeaders(response: EdgeResponse, id: string): Record<string, string> {
  return {
    "x-cache": `${response.result} from cloudfront`,
    via: "1.1 local.cloudfront.net (CloudFront)",
    "x-amz-cf-pop": "LOCAL0-P1",
    "x-amz-cf-id": id,
  };
}
