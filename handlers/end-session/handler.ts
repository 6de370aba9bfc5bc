import { admit } from "../shared/admit";
import { type HttpResponse, problem } from "../shared/http";
import type { Log } from "../shared/log";
import type { Sessions } from "../shared/sessions-table";
import { SESSION_ID } from "../shared/stream-slots";

export interface Deps {
  readonly sessions: Pick<Sessions, "end">;
  readonly originSecret: string;
  readonly cookieSeconds: number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly log: Log;
}

const DONE: HttpResponse = { statusCode: 204, headers: { "cache-control": "no-store" }, body: "" };

/**
 * `DELETE /play/{assetId}/sessions/{session}`: the viewer stops playing, and the session's slot is free. Its cookie is
 * not taken back by it: nothing can.
 */
export const makeHandler =
  ({ sessions, originSecret, cookieSeconds, now, log }: Deps) =>
  async (event: unknown): Promise<HttpResponse> => {
    const path = "/play/{assetId}/sessions/{session}";
    const caller = admit(event, { originSecret, log, method: "DELETE", path });
    if (!caller.ok) return caller.problem;
    const { viewerId, assetId, request } = caller.value;
    const { session = "" } = request.path;
    if (!SESSION_ID.test(session)) {
      return problem(400, "SESSION_INVALID", "session must be 16 to 64 letters, digits, hyphens or underscores.");
    }
    const at = now();
    await sessions.end({ viewerId, session, now: at, until: at + cookieSeconds * 1000 });
    log("SESSION_ENDED", { assetId });
    return DONE;
  };
