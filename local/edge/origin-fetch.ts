import http from "node:http";
import type { Readable } from "node:stream";
import type { Origin } from "./origin";
import type { OriginRequest } from "./origin-request";
import type { ResponseHeaders } from "./types";

export interface OriginResponse {
  readonly status: number;
  readonly headers: ResponseHeaders;
  /** Errors when the origin stops in the middle. */
  readonly body: Readable;
}

/** No whole answer from the origin: 502 when it cannot be reached or breaks off, 504 when it is too slow. */
export class OriginFailure extends Error {
  constructor(
    readonly status: 502 | 504,
    message: string,
  ) {
    super(message);
    this.name = "OriginFailure";
  }
}

/** Where every origin of the distribution answers on this machine, told apart by their `Host`. */
export interface Gateway {
  readonly host: string;
  readonly port: number;
  /** Connections kept between requests. */
  readonly agent: http.Agent;
}

/** Headers that concern the connection to the origin only. */
const HOP_BY_HOP = ["connection", "keep-alive", "proxy-authenticate", "trailer", "transfer-encoding", "upgrade"];

/**
 * Sends a request to its origin through the gateway, with the origin's timeouts and attempts; a request with a body
 * is sent once. Throws {@link OriginFailure}.
 * {@link https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/RequestAndResponseBehaviorCustomOrigin.html#request-custom-request-timeout}
 */
export async function fetchOrigin(
  gateway: Gateway,
  origin: Origin,
  request: OriginRequest,
  body?: Readable,
): Promise<OriginResponse> {
  const repeatable = !body && (request.method === "GET" || request.method === "HEAD");
  const attempts = repeatable ? Math.max(1, origin.connectionAttempts) : 1;
  for (let attempt = 1; ; attempt++) {
    try {
      return await fetchOnce(gateway, origin, request, repeatable, body);
    } catch (error) {
      if (attempt >= attempts || !(error instanceof OriginFailure)) throw error;
    }
  }
}

function fetchOnce(
  gateway: Gateway,
  origin: Origin,
  request: OriginRequest,
  keepAlive: boolean,
  body?: Readable,
): Promise<OriginResponse> {
  return new Promise((resolve, reject) => {
    const sent = http.request({
      host: gateway.host,
      port: gateway.port,
      method: request.method,
      path: request.target,
      headers: request.headers,
      // A kept connection may have been closed at the other end; only what can be repeated may find out.
      agent: keepAlive ? gateway.agent : false,
    });
    let answered: http.IncomingMessage | undefined;
    sent.setTimeout(origin.readTimeout, () => {
      (answered ?? sent).destroy(new OriginFailure(504, `origin ${origin.id} did not answer in time`));
    });
    sent.once("error", (error) => reject(asFailure(error, origin)));
    sent.once("response", (response) => {
      answered = response;
      resolve({ status: response.statusCode ?? 502, headers: plainHeaders(response.headers), body: response });
    });
    if (!body) return sent.end();
    body.once("error", () => sent.destroy());
    return body.pipe(sent);
  });
}

export function asFailure(error: unknown, origin: Origin): OriginFailure {
  if (error instanceof OriginFailure) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  return new OriginFailure(502, `origin ${origin.id} (${origin.domainName}) cannot be reached: ${code ?? message}`);
}

function plainHeaders(headers: http.IncomingHttpHeaders): ResponseHeaders {
  const kept = Object.entries(headers).filter(([name, value]) => value !== undefined && !HOP_BY_HOP.includes(name));
  return Object.fromEntries(kept) as ResponseHeaders;
}
