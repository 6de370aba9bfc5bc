import { isRecord } from "./read-event";
import { ok, refused, type Result } from "./result";

/** An HTTP API request, payload format 2.0, as far as the handlers read it. */
export interface HttpRequest {
  readonly method: string;
  /** Key of the route that matched, e.g. `POST /play/{assetId}`. */
  readonly route: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly path: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  /** Claims of the bearer token that the API's authorizer verified; empty where the route has none. */
  readonly claims: Readonly<Record<string, unknown>>;
  /** Empty where there is none. */
  readonly body: string;
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html */
export interface HttpResponse {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Whole `Set-Cookie` values. */
  readonly cookies?: readonly string[];
  readonly body: string;
}

/** Reads what is there and leaves out what is not: each handler answers for what it needs. */
export function readHttpRequest(event: unknown): HttpRequest {
  const { headers, pathParameters, queryStringParameters, requestContext, routeKey, body, isBase64Encoded } =
    record(event);
  const { http, authorizer } = record(requestContext);
  const { method } = record(http);
  return {
    method: typeof method === "string" ? method : "",
    route: typeof routeKey === "string" ? routeKey : "",
    headers: Object.fromEntries(Object.entries(texts(headers)).map(([name, value]) => [name.toLowerCase(), value])),
    path: texts(pathParameters),
    query: texts(queryStringParameters),
    claims: record(record(record(authorizer).jwt).claims),
    body: typeof body === "string" ? decoded(body, isBase64Encoded === true) : "",
  };
}

/** The body as JSON; the empty body is the empty object. */
export function jsonBody({ body }: HttpRequest): Result<Record<string, unknown>> {
  if (body === "") return ok({});
  try {
    const value: unknown = JSON.parse(body);
    return isRecord(value) ? ok(value) : refused("the body must be a JSON object");
  } catch {
    return refused("the body must be JSON");
  }
}

/** Every answer of the API is for one viewer at one moment. */
export function json(statusCode: number, body: unknown, more: Partial<HttpResponse> = {}): HttpResponse {
  const headers = { "content-type": "application/json", "cache-control": "no-store", ...more.headers };
  return { ...more, statusCode, headers, body: JSON.stringify(body) };
}

/** `code` is for programs and does not change, `message` is for people. */
export function problem(statusCode: number, code: string, message: string, more?: Partial<HttpResponse>): HttpResponse {
  return json(statusCode, { error: code, message }, more);
}

function decoded(body: string, base64: boolean): string {
  return base64 ? Buffer.from(body, "base64").toString("utf8") : body;
}

function record(value: unknown): Record<string, unknown> {
  return isRecord(value) ? value : {};
}

function texts(value: unknown): Record<string, string> {
  const entries = Object.entries(record(value)).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );
  return Object.fromEntries(entries);
}
