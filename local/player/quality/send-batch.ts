import type { Result } from "../result";
import type { Batch } from "./event";
import type { Outcome } from "./reporter";

const TIMEOUT_MS = 10_000;

export interface SendBatchDeps {
  readonly fetch: typeof fetch;
  bearer(): Promise<Result<string>>;
}

/**
 * Sends a batch, also from a page that is being left; `navigator.sendBeacon` cannot carry the token. A token that the API
 * refuses is not renewed for it: playback will see to that.
 */
export function sendBatch({ fetch, bearer }: SendBatchDeps): (batch: Batch) => Promise<Outcome> {
  return async (batch) => {
    try {
      const token = await bearer();
      if (!token.ok) return "refused";
      const { status } = await fetch("/api/beacons", {
        method: "POST",
        headers: { authorization: `Bearer ${token.value}`, "content-type": "application/json" },
        body: JSON.stringify(batch),
        keepalive: true,
        credentials: "omit",
        cache: "no-store",
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      if (status === 202) return "taken";
      return status === 429 || status >= 500 ? "failed" : "refused";
    } catch {
      return "failed";
    }
  };
}
