import { parseCookies } from "./cookies";
import { parseQuery } from "./query";
import type { ResponseHeaders, ViewerRequest } from "./types";

/** A header, cookie or parameter as functions see it. */
export interface FunctionValue {
  value: string;
  multiValue?: { value: string }[];
  attributes?: string;
}
export type FunctionValues = Record<string, FunctionValue>;

export interface FunctionRequest {
  method: string;
  uri: string;
  querystring: FunctionValues;
  headers: FunctionValues;
  cookies: FunctionValues;
}

export interface FunctionResponse {
  statusCode: number;
  statusDescription?: string;
  headers?: FunctionValues;
  cookies?: FunctionValues;
  body?: string | { encoding?: "text" | "base64"; data?: string };
}

export interface DistributionContext {
  readonly domainName: string;
  readonly id: string;
}

/** {@link https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-event-structure.html} */
export function functionEvent(
  eventType: "viewer-request" | "viewer-response",
  distribution: DistributionContext,
  request: ViewerRequest,
  response?: FunctionResponse,
): object {
  const context = {
    distributionDomainName: distribution.domainName,
    distributionId: distribution.id,
    eventType,
    requestId: request.id,
  };
  return { version: "1.0", context, viewer: { ip: request.address }, request: functionRequest(request), response };
}

export function functionRequest(request: ViewerRequest): FunctionRequest {
  const headers = Object.entries(request.headers).filter(([name]) => name !== "cookie");
  return {
    method: request.method,
    uri: request.path,
    querystring: collapse(parseQuery(request.query).map(({ raw }) => splitOnce(raw))),
    headers: collapse(headers),
    cookies: collapse(parseCookies(request.headers.cookie).map((cookie) => [cookie.name, cookie.value])),
  };
}

export function functionResponse(status: number, headers: ResponseHeaders): FunctionResponse {
  const plain = Object.entries(headers).filter(([name]) => name !== "set-cookie");
  return {
    statusCode: status,
    headers: collapse(plain.map(([name, value]) => [name, String(value)])),
    cookies: Object.fromEntries([headers["set-cookie"] ?? []].flat().map(setCookie)),
  };
}

function setCookie(header: string): [string, FunctionValue] {
  const [pair = "", ...attributes] = header.split(";");
  const [name, value] = splitOnce(pair.trim());
  return [name, { value, attributes: attributes.join(";").trim() }];
}

function splitOnce(raw: string): [string, string] {
  const equals = raw.indexOf("=");
  return equals < 0 ? [raw, ""] : [raw.slice(0, equals), raw.slice(equals + 1)];
}

function collapse(pairs: readonly (readonly [string, string])[]): FunctionValues {
  const values = Object.create(null) as FunctionValues;
  for (const [name, value] of pairs) {
    const before = values[name];
    if (!before) values[name] = { value };
    else before.multiValue = [...(before.multiValue ?? [{ value: before.value }]), { value }];
  }
  return values;
}
