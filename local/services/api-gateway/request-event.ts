import type { IncomingHttpHeaders } from "node:http";
import type { AwsRequest } from "../../kernel/aws-service";
import type { HttpApi, HttpRoute } from "./http-api";
import type { JwtIdentity } from "./jwt-authorizer";

export interface RequestEventInput {
  readonly account: string;
  readonly api: HttpApi;
  readonly route: HttpRoute;
  readonly request: AwsRequest;
  /** Percent-decoded: HTTP APIs hand on the decoded path. */
  readonly path: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly identity: JwtIdentity | undefined;
  readonly body: Buffer;
  readonly requestId: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Who calls the API's own address; the viewer's stands in the headers that CloudFront sets. */
const SOURCE_IP = "127.0.0.1";

/**
 * The event of payload format 2.0:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export function requestEvent(input: RequestEventInput): Record<string, unknown> {
  const { api, route, request, path, identity, body } = input;
  const { cookie, ...headers } = request.headers;
  const isBinary = body.length > 0 && !isText(headers["content-type"]);
  return {
    version: "2.0",
    routeKey: route.key.text,
    rawPath: path,
    rawQueryString: request.query.toString(),
    ...(cookie && { cookies: cookie.split(/;\s*/) }),
    headers: eventHeaders(headers, input),
    ...(request.query.size > 0 && { queryStringParameters: joinedQuery(request.query) }),
    requestContext: {
      accountId: input.account,
      apiId: api.id,
      ...(identity && { authorizer: { jwt: identity } }),
      domainName: api.domainName,
      domainPrefix: api.id,
      http: {
        method: request.method,
        path,
        protocol: "HTTP/1.1",
        sourceIp: SOURCE_IP,
        userAgent: headers["user-agent"] ?? "",
      },
      requestId: input.requestId,
      routeKey: route.key.text,
      stage: api.stage,
      time: commonLogTime(input.now),
      timeEpoch: input.now,
    },
    ...(Object.keys(input.parameters).length > 0 && { pathParameters: input.parameters }),
    ...(body.length > 0 && { body: body.toString(isBinary ? "base64" : "utf8") }),
    isBase64Encoded: isBinary,
  };
}

function eventHeaders(
  headers: IncomingHttpHeaders,
  { api, now, requestId }: RequestEventInput,
): Record<string, string> {
  // These belong to one connection and end at API Gateway.
  const { connection: _connection, "transfer-encoding": _encoding, ...passed } = headers;
  const forwarded = passed["x-forwarded-for"];
  const joined = Object.entries(passed).map(([name, value]): [string, string] => [
    name,
    [value ?? []].flat().join(","),
  ]);
  return {
    ...Object.fromEntries(joined),
    host: api.domainName,
    "x-amzn-trace-id": traceId(now, requestId),
    "x-forwarded-for": forwarded ? `${String(forwarded)}, ${SOURCE_IP}` : SOURCE_IP,
    "x-forwarded-port": "443",
    "x-forwarded-proto": "https",
  };
}

/** `Root=1-<seconds in hexadecimal>-<24 digits>` */
function traceId(now: number, requestId: string): string {
  const digits = requestId.replace(/\W/g, "").padEnd(24, "0").slice(0, 24);
  return `Root=1-${Math.floor(now / 1000).toString(16)}-${digits}`;
}

/** Everything else reaches the function in base64, forms included. */
function isText(contentType: string | undefined): boolean {
  return (
    contentType === undefined || /^(text\/|application\/(json|javascript|xml|[\w.-]+\+(json|xml))\b)/i.test(contentType)
  );
}

function joinedQuery(query: URLSearchParams): Record<string, string> {
  return Object.fromEntries([...new Set(query.keys())].map((name) => [name, query.getAll(name).join(",")]));
}

/** `12/Mar/2020:19:03:58 +0000` */
function commonLogTime(now: number): string {
  const [, day, month, year, time] = new Date(now).toUTCString().split(" ");
  return `${day}/${month}/${year}:${time} +0000`;
}
