import { AwsError, type AwsRequest, type AwsResponse, type Principal } from "../../kernel/aws-service";
import type { Clock } from "../../kernel/clock";
import type { Deployment } from "../../terraform/deployment";
import { readBody } from "../json-protocol";
import type { Lambda } from "../lambda/lambda";
import type { Timers } from "../timers";
import { corsHeaders, preflightAnswer } from "./cors";
import { functionResponse } from "./function-response";
import { readHttpApis, type HttpApi, type HttpRoute } from "./http-api";
import { judgeToken, type JwksFor, type Verdict } from "./jwt-authorizer";
import { requestEvent } from "./request-event";
import { matchRoute } from "./route-key";

export interface ApiGatewayOptions {
  readonly deployment: Deployment;
  readonly invoke: Lambda["invoke"];
  readonly jwksFor: JwksFor;
  readonly clock: Clock;
  readonly ids: () => string;
  readonly timers: Timers;
  /** Told why a caller got 500 or 503; the caller is not. */
  readonly onFailure: (message: string) => void;
}

/** Answers under `<api>.execute-api.<region>.amazonaws.com`. */
export interface ApiGateway {
  /** Host header without port. */
  matches(host: string): boolean;
  handle(request: AwsRequest): Promise<AwsResponse>;
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
const MAXIMUM_BODY_BYTES = 10 * 1024 * 1024;
const MAXIMUM_HEADER_BYTES = 10_240;

/** The stack's HTTP APIs: routes, JWT authorizers, Lambda integrations in payload format 2.0. */
export function createApiGateway(options: ApiGatewayOptions): ApiGateway {
  const { clock, ids } = options;
  const apis = new Map(readHttpApis(options.deployment).map((api) => [api.domainName, api]));

  async function answer(api: HttpApi, request: AwsRequest, requestId: string): Promise<AwsResponse> {
    if (headerBytes(request) > MAXIMUM_HEADER_BYTES) return message(431, "Request Header Fields Too Large");
    const path = decoded(request.path);
    if (path === undefined) return message(400, "Bad Request");
    const match = matchRoute(api.routes, request.method, path);
    if (!match) return message(404, "Not Found");
    const { route, parameters } = match;
    const verdict = await authorize(route, request);
    if (verdict && !verdict.ok) return refusal(verdict);
    const body = await readBody(request, MAXIMUM_BODY_BYTES).catch(tooLarge);
    if (!body) return message(413, "Request Entity Too Large");
    const { account } = options.deployment;
    const identity = verdict?.identity;
    const event = requestEvent({
      account,
      api,
      route,
      request,
      path,
      parameters,
      identity,
      body,
      requestId,
      now: clock(),
    });
    return integrate(api, route, event);
  }

  async function authorize({ authorizer, scopes }: HttpRoute, request: AwsRequest): Promise<Verdict | undefined> {
    if (!authorizer) return undefined;
    const value = identityValue(authorizer.identitySource, request);
    return judgeToken({ config: authorizer, scopes, value }, options.jwksFor, clock);
  }

  async function integrate(api: HttpApi, route: HttpRoute, event: unknown): Promise<AwsResponse> {
    const where = `API ${api.id}: ${route.key.text}`;
    // The SourceArn of a permission is written with the route's path: arn:...:<api>/<stage>/<method>/<path>.
    const sourceArn = `${api.executionArn}/${api.stage}/${route.key.text.replace(" ", "")}`;
    const principal: Principal = { kind: "service", arn: "apigateway.amazonaws.com", sourceArn };
    try {
      const result = await within(route.integration.timeoutMs, options.invoke(principal, route.integration.uri, event));
      if (!result) {
        options.onFailure(`${where}: no answer within ${route.integration.timeoutMs} ms`);
        return message(503, "Service Unavailable");
      }
      const response = result.failed ? undefined : functionResponse(result.payload);
      if (response) return response;
      options.onFailure(
        `${where}: ${result.failed ? describeFailure(result.payload) : "the function's answer has no valid shape"}`,
      );
    } catch (error) {
      options.onFailure(`${where}: ${(error as Error).message}`);
    }
    return message(500, "Internal Server Error");
  }

  function within<Value>(ms: number, work: Promise<Value>): Promise<Value | undefined> {
    let cancel: () => void = () => undefined;
    const late = new Promise<undefined>((resolve) => (cancel = options.timers.after(ms, () => resolve(undefined))));
    return Promise.race([work, late]).finally(() => cancel());
  }

  return {
    matches: (host) => apis.has(host),
    async handle(request) {
      const api = apis.get(request.host);
      if (!api) throw new AwsError("NotFoundException", `No API answers at ${request.host}.`, 404);
      const requestId = ids();
      const response = preflightAnswer(api.cors, request) ?? (await answer(api, request, requestId));
      const headers = { ...response.headers, ...corsHeaders(api.cors, request), "apigw-requestid": requestId };
      return { ...response, headers };
    },
  };
}

/** Undefined for a path whose percent-encoding is broken. */
function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}

/** The quota counts the request line and the headers' values. */
function headerBytes({ method, path, query, headers }: AwsRequest): number {
  const line = `${method} ${path}${query.size > 0 ? `?${query.toString()}` : ""} HTTP/1.1`;
  const values = Object.values(headers).flatMap((value) => value ?? []);
  return [line, ...values].reduce((bytes, text) => bytes + Buffer.byteLength(text), 0);
}

function identityValue(source: string, { headers, query }: AwsRequest): string | undefined {
  const [, kind, name = ""] = /^\$request\.(header|querystring)\.(.+)$/.exec(source) ?? [];
  if (kind === "querystring") return query.get(name) ?? undefined;
  return [headers[name.toLowerCase()] ?? []].flat()[0];
}

function tooLarge(error: unknown): undefined {
  if (error instanceof AwsError && error.status === 413) return undefined;
  throw error;
}

const message = (status: number, text: string): AwsResponse => ({
  status,
  headers: { "content-type": "application/json" },
  body: JSON.stringify({ message: text }),
});

function refusal({ status, challenge }: { status: 401 | 403; challenge: string }): AwsResponse {
  const response = message(status, status === 401 ? "Unauthorized" : "Forbidden");
  return { ...response, headers: { ...response.headers, "www-authenticate": challenge } };
}

function describeFailure(payload: string): string {
  const { errorType, errorMessage } = JSON.parse(payload) as { errorType?: string; errorMessage?: string };
  return `${errorType}: ${errorMessage}`;
}
