import type { Clock } from "../kernel/clock";

/** Counts requests of the last so many seconds, by whole seconds, for each address apart. */
export interface RateLimiter {
  /** Counts one request and says whether its address is now over the limit. */
  exceeds(address: string): boolean;
}

/**
 * WAF estimates the rate every ten seconds or so and may let more through; here the count is exact, so that tests
 * can rely on it. `limit` in requests, `windowSeconds` the time they are counted over.
 * {@link https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-rate-based.html}
 */
export function makeRateLimiter(limit: number, windowSeconds: number, clock: Clock): RateLimiter {
  const seen = new Map<string, Map<number, number>>();
  return {
    exceeds(address) {
      const now = Math.floor(clock() / 1000);
      const seconds = seen.get(address) ?? new Map<number, number>();
      seen.set(address, seconds);
      seconds.set(now, (seconds.get(now) ?? 0) + 1);
      let total = 0;
      for (const [second, count] of seconds) {
        if (second <= now - windowSeconds) seconds.delete(second);
        else total += count;
      }
      return total > limit;
    },
  };
}
