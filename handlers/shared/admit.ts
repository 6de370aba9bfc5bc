import { ASSET_ID } from "./asset-id";
import { type HttpRequest, type HttpResponse, problem, readHttpRequest } from "./http";
import type { Log } from "./log";
import { cameThroughEdge, NOT_THROUGH_EDGE } from "./origin-secret";
import { ok, refused, type Result } from "./result";
import { viewerCountry } from "./viewer";

/** A viewer whose request came through the edge. */
export interface Viewer {
  readonly request: HttpRequest;
  /** Subject of the verified token. */
  readonly viewerId: string;
  /** As the edge found it. */
  readonly country: string | undefined;
}

/** A viewer who asks for one title. */
export interface Caller extends Viewer {
  readonly assetId: string;
}

interface Gate {
  readonly originSecret: string;
  readonly log: Log;
  /** The one method of the handler's routes; undefined where the routes themselves tell them apart. */
  readonly method?: string;
}

interface TitleGate extends Gate {
  /** The route's form, for whoever asks without a proper id. */
  readonly path: string;
}

/** As {@link admitViewer}, and an asset id. No table is read before. */
export function admit(event: unknown, gate: TitleGate): Result<Caller, HttpResponse> {
  const viewer = admitViewer(event, gate);
  if (!viewer.ok) return viewer;
  const { assetId = "" } = viewer.value.request.path;
  if (ASSET_ID.test(assetId)) return ok({ ...viewer.value, assetId });
  return refused(problem(400, "ASSET_ID_INVALID", `The path must be ${gate.path} with an id from the list of titles.`));
}

/**
 * What every request must bring, in the order in which it is asked: the edge's secret, the method, and a token that
 * names a viewer. The API's authorizer has judged the token; a route that lost its authorizer still opens nothing.
 */
export function admitViewer(event: unknown, { originSecret, log, method }: Gate): Result<Viewer, HttpResponse> {
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
  return ok({ request, viewerId, country: viewerCountry(request) });
}
