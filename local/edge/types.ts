import type { Readable } from "node:stream";

/** Request headers: names in lower case, repeated ones joined as HTTP allows. */
export type RequestHeaders = Readonly<Record<string, string>>;

/** Response headers: names in lower case; several values only for `set-cookie`. */
export type ResponseHeaders = Record<string, string | string[]>;

/** A viewer's request as the edge sees it, before anything is taken from it. */
export interface ViewerRequest {
  readonly id: string;
  readonly method: string;
  /** As sent, still percent-encoded. */
  readonly path: string;
  /** As sent, without the question mark. */
  readonly query: string;
  readonly headers: RequestHeaders;
  readonly address: string;
  readonly port: number;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly body?: Readable;
}

/** CloudFront's words for what became of a request, as in `X-Cache` and in its access logs. */
export type ResultType = "Hit" | "RefreshHit" | "Miss" | "Error" | "FunctionGeneratedResponse";

export interface EdgeResponse {
  readonly status: number;
  readonly headers: ResponseHeaders;
  readonly body: Buffer | Readable;
  readonly result: ResultType;
  /** The edge itself turned the viewer away. */
  readonly denied?: boolean;
  /** It was the firewall that did. */
  readonly blocked?: boolean;
  /** Whether it came from the cache or from an origin, errors included; undefined where neither was asked. */
  readonly cached?: boolean;
}
