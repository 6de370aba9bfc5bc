import type { Catalogue } from "../shared/catalogue";
import { type HttpResponse, json, problem, readHttpRequest } from "../shared/http";
import type { Log } from "../shared/log";
import { cameThroughEdge, NOT_THROUGH_EDGE } from "../shared/origin-secret";
import { decodeCursor, encodeCursor } from "./cursor";

export interface Deps {
  readonly catalogue: Pick<Catalogue, "published">;
  readonly originSecret: string;
  readonly log: Log;
}

const DEFAULT_LIMIT = 20;
const MAX_LIMIT = 100;

/** `GET /api/titles?limit=&cursor=`: published titles, newest first. */
export const makeHandler =
  (deps: Deps) =>
  async (event: unknown): Promise<HttpResponse> => {
    const request = readHttpRequest(event);
    if (!cameThroughEdge(request, deps.originSecret)) {
      deps.log("ORIGIN_SECRET_WRONG");
      return NOT_THROUGH_EDGE;
    }
    if (request.method !== "GET") {
      return problem(405, "METHOD_NOT_ALLOWED", "Ask with GET.", { headers: { allow: "GET" } });
    }
    const limit = limitOf(request.query.limit);
    if (limit === undefined)
      return problem(400, "LIMIT_INVALID", `limit must be a whole number from 1 to ${MAX_LIMIT}.`);
    const after = request.query.cursor === undefined ? undefined : decodeCursor(request.query.cursor);
    if (request.query.cursor !== undefined && !after) {
      return problem(400, "CURSOR_INVALID", "cursor must be the one that the page before gave.");
    }
    const { items, next } = await deps.catalogue.published(limit, after);
    return json(200, { items, cursor: next && encodeCursor(next) });
  };

function limitOf(text = String(DEFAULT_LIMIT)): number | undefined {
  const limit = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  return limit >= 1 && limit <= MAX_LIMIT ? limit : undefined;
}
