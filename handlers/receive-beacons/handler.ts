import { type HttpRequest, type HttpResponse, jsonBody, problem, readHttpRequest } from "../shared/http";
import type { Log } from "../shared/log";
import { cameThroughEdge, NOT_THROUGH_EDGE } from "../shared/origin-secret";
import { viewerCountry, viewerDevice } from "../shared/viewer";
import { MAXIMUM_BYTES, readBeacons } from "./beacons";
import type { BeaconStream } from "./stream";

export interface Deps {
  readonly stream: BeaconStream;
  readonly originSecret: string;
  /** Share of sessions that report. */
  readonly sampleShare: number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly log: Log;
}

const ACCEPTED: HttpResponse = { statusCode: 202, headers: { "cache-control": "no-store" }, body: "" };

/**
 * `POST /api/beacons`: what a player measured, kept for the numbers. The token says that it is a viewer; which one is
 * neither kept nor logged.
 */
export const makeHandler =
  (deps: Deps) =>
  async (event: unknown): Promise<HttpResponse> => {
    const request = readHttpRequest(event);
    if (!cameThroughEdge(request, deps.originSecret)) {
      deps.log("ORIGIN_SECRET_WRONG");
      return NOT_THROUGH_EDGE;
    }
    const { sub } = request.claims;
    if (typeof sub !== "string" || sub === "") {
      return problem(401, "UNAUTHENTICATED", "Send a bearer token that names a viewer (claim sub).");
    }
    return receive(deps, request);
  };

async function receive({ stream, sampleShare, now, log }: Deps, request: HttpRequest): Promise<HttpResponse> {
  const refuse = (status: number, code: string, message: string): HttpResponse => {
    log("BEACONS_REFUSED", { reason: code });
    return problem(status, code, message);
  };
  const bytes = Buffer.byteLength(request.body);
  if (bytes > MAXIMUM_BYTES) {
    return refuse(413, "BEACONS_TOO_LARGE", `The body must be ${MAXIMUM_BYTES} bytes at most, got ${bytes}.`);
  }
  const body = jsonBody(request);
  if (!body.ok) return refuse(400, "BODY_INVALID", body.problem);
  const records = readBeacons(body.value, {
    receivedAt: new Date(now()).toISOString(),
    country: viewerCountry(request),
    device: viewerDevice(request),
    sampleShare,
  });
  if (!records.ok) return refuse(400, "BEACONS_INVALID", records.problem);
  await stream.put(records.value);
  log("BEACONS_ACCEPTED", { events: records.value.length });
  return ACCEPTED;
}
