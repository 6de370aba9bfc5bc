import { edgeError } from "./refusal";
import type { EdgeResponse } from "./types";

/**
 * {@link https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/RequestAndResponseBehaviorCustomOrigin.html#RequestCustomMaxRequestStringLength}
 */
export const MAX_URL_BYTES = 8_192;
export const MAX_REQUEST_BYTES = 32_768;

/** Refuses what is too long; `target` is path and query, `rawHeaders` names and values in turn, as node gives them. */
export function checkLimits(
  target: string,
  host: string,
  rawHeaders: readonly string[],
  requestId: string,
): EdgeResponse | undefined {
  const url = `https://${host}${target}`.length;
  if (url > MAX_URL_BYTES) return edgeError(414, "The URL is longer than 8192 bytes.", requestId);
  const headers = rawHeaders.reduce((sum, part) => sum + Buffer.byteLength(part, "latin1") + 2, 0);
  if (target.length + headers <= MAX_REQUEST_BYTES) return undefined;
  return edgeError(413, "The request with its headers is longer than 32768 bytes.", requestId);
}
