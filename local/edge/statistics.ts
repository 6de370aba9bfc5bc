import type { EdgeResponse } from "./types";

/** What the edge did since it started. */
export interface EdgeStatistics {
  readonly requests: number;
  /** Answered from the cache, revalidated objects included. */
  readonly hits: number;
  /** Fetched from an origin, errors of the origin included. */
  readonly misses: number;
  /** Refused by the edge itself: signature, firewall, country, method, size. */
  readonly denied: number;
}

export interface Counter {
  count(response: EdgeResponse): void;
  read(): EdgeStatistics;
}

export function makeCounter(): Counter {
  const totals = { requests: 0, hits: 0, misses: 0, denied: 0 };
  return {
    count({ denied, cached }) {
      totals.requests++;
      if (denied) totals.denied++;
      else if (cached === true) totals.hits++;
      else if (cached === false) totals.misses++;
    },
    read: () => ({ ...totals }),
  };
}
