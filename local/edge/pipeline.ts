import type { Clock } from "../kernel/clock";
import { answer } from "./answer";
import { selectBehavior, type Behavior } from "./behavior";
import type { Distribution } from "./distribution";
import { functionEvent, functionResponse } from "./edge-function-event";
import { applyResponse, viewerRequestOutcome } from "./edge-function-result";
import { judge } from "./gate";
import { countryAllowed } from "./geo-restriction";
import type { Load } from "./loader";
import { edgeError, gateError } from "./refusal";
import { applyResponseHeaders } from "./response-headers";
import { withoutSigningParameters } from "./signed-credentials";
import type { EdgeResponse, ViewerRequest } from "./types";

export interface Pipeline {
  readonly distribution: Distribution;
  readonly load: Load;
  readonly clock: Clock;
}

/**
 * A request's way through the distribution: country, firewall, behaviour, method, signature, viewer-request function,
 * cache and origin, error page, response headers, viewer-response function. Plain http on this machine stands for
 * https, so every `viewer_protocol_policy` is content.
 * The country is checked before the firewall:
 * {@link https://docs.aws.amazon.com/waf/latest/developerguide/cloudfront-features.html}
 */
export async function respond(pipeline: Pipeline, request: ViewerRequest): Promise<EdgeResponse> {
  const refused = refuseAtDoor(pipeline.distribution, request);
  if (refused) return errorPage(pipeline, request, refused);
  const rooted = withRootObject(pipeline.distribution, request);
  const behavior = selectBehavior(pipeline.distribution.behaviors, rooted.path);
  const barred = refuseAtBehavior(pipeline, request, behavior);
  if (barred) return finish(pipeline, request, behavior, await errorPage(pipeline, request, barred));

  const gated = behavior.trustedKeys !== undefined;
  const plain = gated ? { ...rooted, query: withoutSigningParameters(rooted.query) } : rooted;
  const outcome = runViewerRequest(pipeline.distribution, plain, behavior);
  if ("response" in outcome) {
    return {
      ...outcome.response,
      headers: applyResponseHeaders(outcome.response.headers, behavior.responseHeadersPolicy, request),
    };
  }
  const loaded = await pipeline.load(outcome.request, behavior);
  const answered = answer(loaded, outcome.request, behavior, pipeline.clock());
  return finish(pipeline, outcome.request, behavior, await errorPage(pipeline, outcome.request, answered));
}

function refuseAtDoor({ geo, firewall }: Distribution, request: ViewerRequest): EdgeResponse | undefined {
  if (!countryAllowed(geo, request.country)) {
    const reason = "The Amazon CloudFront distribution is configured to block access from your country.";
    return edgeError(403, reason, request.id);
  }
  const blocked = firewall(request);
  if (!blocked) return undefined;
  const error = edgeError(blocked.status, "Request blocked.", request.id, true);
  return { ...error, blocked: true, headers: { ...error.headers, ...blocked.headers } };
}

function refuseAtBehavior(
  { distribution, clock }: Pipeline,
  request: ViewerRequest,
  behavior: Behavior,
): EdgeResponse | undefined {
  if (!behavior.allowedMethods.includes(request.method)) {
    const cacheable = behavior.allowedMethods.every((method) => ["GET", "HEAD", "OPTIONS"].includes(method));
    const only = cacheable ? " The distribution supports only cachable requests." : "";
    const reason = `This distribution is not configured to allow the HTTP request method that was used for this request.${only}`;
    return edgeError(403, reason, request.id);
  }
  if (request.method === "GET" && request.body) return edgeError(403, "Bad request.", request.id);
  if (!behavior.trustedKeys) return undefined;
  const refusal = judge(request, behavior.trustedKeys, signedHost(distribution, request), clock());
  return refusal && gateError(refusal);
}

/** Policies name the distribution by the name that the viewer used, where that is one of its alternate names. */
function signedHost(distribution: Distribution, request: ViewerRequest): string {
  const host = request.headers.host ?? "";
  return distribution.aliases.includes(host) ? host : distribution.domainName;
}

function withRootObject({ defaultRootObject }: Distribution, request: ViewerRequest): ViewerRequest {
  if (request.path !== "/" || !defaultRootObject) return request;
  return { ...request, path: `/${defaultRootObject}` };
}

function runViewerRequest(distribution: Distribution, request: ViewerRequest, behavior: Behavior) {
  if (!behavior.viewerRequest) return { request };
  try {
    return viewerRequestOutcome(
      behavior.viewerRequest.run(functionEvent("viewer-request", distribution, request)),
      request,
    );
  } catch {
    return { response: functionFailed(request) };
  }
}

function functionFailed(request: ViewerRequest): EdgeResponse {
  const reason = "The CloudFront function associated with the CloudFront distribution is invalid or could not run.";
  return edgeError(503, reason, request.id);
}

/** Replaces an error's body and status by the distribution's page for it; without the page the error stays. */
async function errorPage(
  { distribution, load, clock }: Pipeline,
  request: ViewerRequest,
  response: EdgeResponse,
): Promise<EdgeResponse> {
  const custom = response.status >= 400 ? distribution.errors.get(response.status) : undefined;
  if (!custom?.pagePath) return response;
  const page = { ...request, method: "GET", path: custom.pagePath, query: "", headers: {}, body: undefined };
  const behavior = selectBehavior(distribution.behaviors, page.path);
  const loaded = await load(page, behavior);
  if (loaded.status !== 200) return response;
  if (!Buffer.isBuffer(response.body)) response.body.destroy();
  const { headers, body } = answer(loaded, page, behavior, clock());
  return { ...response, status: custom.responseCode ?? response.status, headers, body };
}

/** Response headers policy and viewer-response function; the function does not run for errors. */
function finish(
  { distribution }: Pipeline,
  request: ViewerRequest,
  behavior: Behavior,
  response: EdgeResponse,
): EdgeResponse {
  const headers = applyResponseHeaders(response.headers, behavior.responseHeadersPolicy, request);
  const decorated = { ...response, headers };
  if (!behavior.viewerResponse || response.status >= 400) return decorated;
  try {
    const shown = functionResponse(decorated.status, headers);
    const event = functionEvent("viewer-response", distribution, request, shown);
    return applyResponse(behavior.viewerResponse.run(event), decorated);
  } catch {
    if (!Buffer.isBuffer(response.body)) response.body.destroy();
    return functionFailed(request);
  }
}
