import type { Rule } from "./entitlement-rules";
import { type HttpResponse, problem } from "./http";

/** When to ask again for a title that is being prepared, seconds. */
const RETRY_SECONDS = 30;

/** What a viewer is answered whom a rule refuses. */
export function refusalAnswer({ code, status, message }: Rule): HttpResponse {
  return problem(status, code, message, status === 409 ? { headers: { "retry-after": String(RETRY_SECONDS) } } : {});
}
