/** What the edge answered for a title's manifests and segments. */
export interface EdgeTally {
  readonly hits: number;
  readonly misses: number;
  readonly denied: number;
}

export const NO_REQUESTS: EdgeTally = { hits: 0, misses: 0, denied: 0 };

/**
 * Counts one answer by CloudFront's `X-Cache` (`Hit from cloudfront`, `RefreshHit ...`, `Miss ...`, `Error ...`).
 * A refusal is one by its status, whatever the header says; other errors are not counted.
 */
export function tally(before: EdgeTally, status: number, xCache: string | null): EdgeTally {
  if (status === 401 || status === 403) return { ...before, denied: before.denied + 1 };
  if (status >= 400 || xCache === null) return before;
  if (/^(refresh)?hit/i.test(xCache)) return { ...before, hits: before.hits + 1 };
  return /^miss/i.test(xCache) ? { ...before, misses: before.misses + 1 } : before;
}
