import { createHash, timingSafeEqual } from "node:crypto";
import { ORIGIN_SECRET_HEADER } from "./headers";
import { type HttpRequest, type HttpResponse, problem } from "./http";

/**
 * Whether CloudFront sent the request: the API's own address answers anyone, past the firewall and with any viewer
 * headers. Hashes are compared, so that the time taken tells neither content nor length.
 */
export function cameThroughEdge({ headers }: HttpRequest, secret: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(headers[ORIGIN_SECRET_HEADER] ?? ""), digest(secret));
}

export const NOT_THROUGH_EDGE: HttpResponse = problem(403, "FORBIDDEN", "Requests are accepted through the CDN only.");
