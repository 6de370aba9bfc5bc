import type { EdgeResponse } from "./types";

/** What became of one request, as far as it is counted. */
export interface EdgeAnswer {
  readonly method: string;
  readonly status: number;
  /** From the cache, or from an origin; undefined where neither was asked. */
  readonly cached?: boolean;
  /** By the firewall. */
  readonly blocked: boolean;
  /** Until the answer's headers were there. */
  readonly milliseconds: number;
}

export function edgeAnswer(method: string, response: EdgeResponse, milliseconds: number): EdgeAnswer {
  const { status, cached, blocked = false } = response;
  return { method, status, cached, blocked, milliseconds };
}
