import { ASSET_ID } from "./asset-id";
import { type HttpRequest, type HttpResponse, problem, readHttpRequest } from "./http";
import type { Log } from "./log";
import { cameThroughEdge, NOT_THROUGH_EDGE } from "./origin-secret";
import { ok, refused, type Result } from "./result";
import { viewerCountry } from "./viewer";

export interface Caller {
  readonly request: HttpRequest;
  /** Subject of the verified token. */
  readonly viewerId: string;
  readonly assetId: string;
  /** As the edge found it. */
  readonly country: string | undefined;
}

interface Gate {
  readonly originSecret: string;
  readonly log: Log;
  /** The one method of the handler's routes; undefined where the routes themselves tell them apart. */
  readonly method?: string;
  /** The route's form, for whoever asks without a proper id. */
  readonly path: string;
}

/**
 * What every request about one title must bring, in the order in which it is asked: the edge's secret, the method, a
 * token that names a viewer, and an asset id. No table is read before.
 */
export function admit(event: unknown, { originSecret, log, method, path }: Gate): Result<Caller, HttpResponse> {
  const request = readHttpRequest(event);
  if (!cameThroughEdge(request, originSecret)) {
    log("ORIGIN_SECRET_WRONG");
    return refused(NOT_THROUGH_EDGE);
  }
  if (method !== undefined && request.method !== method) {
    return refused(problem(405, "METHOD_NOT_ALLOWED", `Ask with ${method}.`, { headers: { allow: method } }));
  }
  const { sub: viewerId } = request.claims;
  if (typeof viewerId !== "string" || viewerId === "") {
    return refused(problem(401, "UNAUTHENTICATED", "Send a bearer token that names a viewer (claim sub)."));
  }
  const { assetId = "" } = request.path;
  if (!ASSET_ID.test(assetId)) {
    return refused(problem(400, "ASSET_ID_INVALID", `The path must be ${path} with an id from the list of titles.`));
  }
  return ok({ request, viewerId, assetId, country: viewerCountry(request) });
}
