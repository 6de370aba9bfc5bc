import {
  functionRequest,
  type FunctionRequest,
  type FunctionResponse,
  type FunctionValue,
  type FunctionValues,
} from "./edge-function-event";
import { joinCookies } from "./cookies";
import type { EdgeResponse, ResponseHeaders, ViewerRequest } from "./types";

/** What a viewer-request function decided: to go on with a request, or to answer itself. */
export type ViewerRequestOutcome = { readonly request: ViewerRequest } | { readonly response: EdgeResponse };

/** Throws when the result is neither a request nor a response that CloudFront would take. */
export function viewerRequestOutcome(result: unknown, request: ViewerRequest): ViewerRequestOutcome {
  const value = (result ?? {}) as Partial<FunctionRequest & FunctionResponse>;
  if (typeof value.statusCode === "number") return { response: generated(value as FunctionResponse) };
  if (typeof value.uri !== "string" || !value.uri.startsWith("/")) {
    throw new Error("a viewer-request function must return a request whose uri starts with /, or a response");
  }
  return { request: applyRequest(value as FunctionRequest, request) };
}

/** Applies what a viewer-response function returned to the response it was shown. */
export function applyResponse(result: unknown, response: EdgeResponse): EdgeResponse {
  const value = result as FunctionResponse;
  if (typeof value?.statusCode !== "number") throw new Error("a viewer-response function must return a response");
  const headers = responseHeaders(value);
  const body = value.body === undefined ? response.body : bodyOf(value);
  return { ...response, status: value.statusCode, headers, body };
}

function generated(value: FunctionResponse): EdgeResponse {
  const headers = { server: "CloudFront", ...responseHeaders(value) };
  return { status: value.statusCode, headers, body: bodyOf(value), result: "FunctionGeneratedResponse" };
}

function bodyOf({ body }: FunctionResponse): Buffer {
  if (body === undefined || typeof body === "string") return Buffer.from(body ?? "");
  return Buffer.from(body.data ?? "", body.encoding === "base64" ? "base64" : "utf8");
}

function responseHeaders(value: FunctionResponse): ResponseHeaders {
  const headers: ResponseHeaders = {};
  for (const [name, entry] of Object.entries(value.headers ?? {})) headers[name.toLowerCase()] = all(entry).join(", ");
  const cookies = Object.entries(value.cookies ?? {}).map(([name, entry]) => {
    const attributes = entry.attributes ? `; ${entry.attributes}` : "";
    return `${name}=${entry.value}${attributes}`;
  });
  if (cookies.length > 0) headers["set-cookie"] = cookies;
  return headers;
}

/** The method cannot be changed, and what the function left alone stays as the viewer wrote it. */
function applyRequest(value: FunctionRequest, request: ViewerRequest): ViewerRequest {
  const shown = functionRequest(request);
  const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
  const query = same(value.querystring, shown.querystring) ? request.query : queryOf(value.querystring ?? {});
  const headers: Record<string, string> = {};
  for (const [name, entry] of Object.entries(value.headers ?? {})) headers[name.toLowerCase()] = all(entry).join(",");
  const cookies = same(value.cookies, shown.cookies) ? request.headers.cookie : cookieHeader(value.cookies ?? {});
  if (cookies) headers.cookie = cookies;
  return { ...request, path: value.uri, query, headers };
}

function queryOf(values: FunctionValues): string {
  return Object.entries(values)
    .flatMap(([name, entry]) => all(entry).map((value) => (value === "" ? name : `${name}=${value}`)))
    .join("&");
}

function cookieHeader(values: FunctionValues): string {
  return joinCookies(Object.entries(values).flatMap(([name, entry]) => all(entry).map((value) => ({ name, value }))));
}

function all(entry: FunctionValue): string[] {
  return entry.multiValue ? entry.multiValue.map((one) => one.value) : [entry.value];
}
