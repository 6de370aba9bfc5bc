import { generateKeyPairSync } from "node:crypto";
import { SignJWT, type JSONWebKeySet } from "jose";
import { AwsError, type AwsRequest } from "../../../../local/kernel/aws-service";
import { createApiGateway, type ApiGatewayOptions } from "../../../../local/services/api-gateway/api-gateway";
import { ACCOUNT, awsRequest, counter, deploymentOf, manualTime, unexpected } from "../test-kit";

const HOST = "abc123.execute-api.eu-west-1.amazonaws.com";
const MINT = "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/mint/invocations";
const ISSUER = "https://127.0.0.1:4566/eu-west-1_pool";
const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const jwks = { keys: [{ ...publicKey.export({ format: "jwk" }), kid: "one" }] } as JSONWebKeySet;

/** Beside the request line `GET /api/titles HTTP/1.1`. */
const LARGEST_HEADER = 10_240 - 24;

const RESOURCES = {
  "aws_apigatewayv2_api.entitle": { id: "abc123", name: "entitle", protocol_type: "HTTP" },
  "aws_apigatewayv2_stage.default": { api_id: "abc123", name: "$default" },
  "aws_apigatewayv2_integration.mint": {
    id: "int1",
    api_id: "abc123",
    integration_type: "AWS_PROXY",
    integration_uri: MINT,
    payload_format_version: "2.0",
  },
  "aws_apigatewayv2_authorizer.viewers": {
    id: "auth1",
    api_id: "abc123",
    identity_sources: ["$request.header.Authorization"],
    jwt_configuration: [{ audience: ["player"], issuer: ISSUER }],
  },
  "aws_apigatewayv2_route.play": {
    api_id: "abc123",
    route_key: "POST /play/{assetId}",
    target: "integrations/int1",
    authorization_type: "JWT",
    authorizer_id: "auth1",
  },
  "aws_apigatewayv2_route.titles": { api_id: "abc123", route_key: "GET /api/{proxy+}", target: "integrations/int1" },
};

function gateway(
  options: Partial<ApiGatewayOptions> = {},
  resources: Record<string, Record<string, unknown>> = RESOURCES,
) {
  const events: { principal: unknown; name: string; event: Record<string, unknown> }[] = [];
  const failures: string[] = [];
  const time = manualTime();
  const api = createApiGateway({
    deployment: deploymentOf(resources),
    invoke: async (principal, name, event) => {
      events.push({ principal, name, event: event as Record<string, unknown> });
      return {
        requestId: "r",
        failed: false,
        payload: '{"statusCode":200,"headers":{"content-type":"application/json"},"body":"{}"}',
      };
    },
    jwksFor: async (issuer) => (issuer === ISSUER ? jwks : undefined),
    clock: time.clock,
    ids: counter("request"),
    timers: time.timers,
    onFailure: (message) => failures.push(message),
    ...options,
  });
  return { api, events, failures, time };
}

const request = (parts: Parameters<typeof awsRequest>[0] = {}): AwsRequest =>
  awsRequest({
    host: HOST,
    method: "GET",
    path: "/api/titles",
    principal: { kind: "anonymous", arn: "anonymous" },
    ...parts,
  });

const refused = (status: number, text: string) => ({
  status,
  headers: { "content-type": "application/json", "apigw-requestid": "request-1" },
  body: JSON.stringify({ message: text }),
});

test("only the API's own host is answered", async () => {
  const { api } = gateway();
  expect([api.matches(HOST), api.matches("other.execute-api.eu-west-1.amazonaws.com")]).toEqual([true, false]);
  await expect(api.handle(request({ host: "other" }))).rejects.toThrow(
    new AwsError("NotFoundException", "No API answers at other.", 404),
  );
});

test("a function receives the event of payload format 2.0", async () => {
  const { api, events } = gateway();
  const seconds = Date.UTC(2026, 0, 2) / 1000;
  const claims = { iss: ISSUER, client_id: "player", exp: seconds + 90_000, sub: "viewer" };
  const token = await new SignJWT(claims).setProtectedHeader({ alg: "RS256", kid: "one" }).sign(privateKey);
  await api.handle(
    request({
      method: "POST",
      path: "/play/caf%C3%A9%20film",
      query: new URLSearchParams("a=1&b=x%20y&a=2"),
      headers: {
        authorization: `Bearer ${token}`,
        host: `${HOST}:4566`,
        cookie: "one=1; two=2",
        "content-type": "application/json",
        "user-agent": "player/1",
        "x-forwarded-for": "203.0.113.9",
        connection: "keep-alive",
      },
      body: '{"device":"tv"}',
    }),
  );
  const path = "/play/café film";
  expect(events).toEqual([
    {
      principal: {
        kind: "service",
        arn: "apigateway.amazonaws.com",
        sourceArn: "arn:aws:execute-api:eu-west-1:000000000000:abc123/$default/POST/play/{assetId}",
      },
      name: MINT,
      event: {
        version: "2.0",
        routeKey: "POST /play/{assetId}",
        rawPath: path,
        rawQueryString: "a=1&b=x+y&a=2",
        cookies: ["one=1", "two=2"],
        headers: {
          authorization: `Bearer ${token}`,
          host: HOST,
          "content-type": "application/json",
          "user-agent": "player/1",
          "x-amzn-trace-id": "Root=1-695735a5-request10000000000000000",
          "x-forwarded-for": "203.0.113.9, 127.0.0.1",
          "x-forwarded-port": "443",
          "x-forwarded-proto": "https",
        },
        queryStringParameters: { a: "1,2", b: "x y" },
        requestContext: {
          accountId: ACCOUNT,
          apiId: "abc123",
          authorizer: {
            jwt: {
              claims: { iss: ISSUER, client_id: "player", exp: String(seconds + 90_000), sub: "viewer" },
              scopes: null,
            },
          },
          domainName: HOST,
          domainPrefix: "abc123",
          http: { method: "POST", path, protocol: "HTTP/1.1", sourceIp: "127.0.0.1", userAgent: "player/1" },
          requestId: "request-1",
          routeKey: "POST /play/{assetId}",
          stage: "$default",
          time: "02/Jan/2026:03:04:05 +0000",
          timeEpoch: Date.UTC(2026, 0, 2, 3, 4, 5),
        },
        pathParameters: { assetId: "café film" },
        body: '{"device":"tv"}',
        isBase64Encoded: false,
      },
    },
  ]);
});

test("what is absent from a request is absent from its event", async () => {
  const { api, events } = gateway();
  await api.handle(request());
  const event = events[0]?.event ?? {};
  expect(Object.keys(event).sort()).toEqual(
    [
      "headers",
      "isBase64Encoded",
      "pathParameters",
      "rawPath",
      "rawQueryString",
      "requestContext",
      "routeKey",
      "version",
    ].sort(),
  );
  expect(event.requestContext).not.toHaveProperty("authorizer");
});

test.each([
  ["image/png", true],
  ["application/x-www-form-urlencoded", true],
  ["application/problem+json", false],
  ["text/vtt", false],
])("a body of %s is in base64: %s", async (contentType, isBase64Encoded) => {
  const { api, events } = gateway();
  await api.handle(request({ headers: { "content-type": contentType }, body: "a=1" }));
  expect(events[0]?.event).toMatchObject({ isBase64Encoded, body: isBase64Encoded ? "YT0x" : "a=1" });
});

test("the function's answer becomes the response, with the request's id", async () => {
  const { api } = gateway();
  expect(await api.handle(request())).toEqual({
    status: 200,
    headers: { "content-type": "application/json", "apigw-requestid": "request-1" },
    body: "{}",
  });
});

test("headers and body may be as large as API Gateway allows", async () => {
  const { api, events } = gateway();
  const body = Buffer.alloc(10 * 1024 * 1024, "a");
  await api.handle(request({ headers: { "x-long": "x".repeat(LARGEST_HEADER) }, body }));
  expect(String(events[0]?.event.body)).toHaveLength(body.length);
});

describe("without invoking the function", () => {
  const closed = () => gateway({ invoke: unexpected("invocation") });

  test("a route with an authorizer answers 401 and a challenge to whoever brings no good token", async () => {
    const { api } = closed();
    const response = await api.handle(
      request({ method: "POST", path: "/play/a", headers: { authorization: "Bearer nonsense" } }),
    );
    const challenge =
      'Bearer scope="" error="invalid_token" error_description="token contains an invalid number of segments"';
    const { headers, ...rest } = refused(401, "Unauthorized");
    expect(response).toEqual({ ...rest, headers: { ...headers, "www-authenticate": challenge } });
  });

  test.each([
    ["an unknown path", { path: "/other" }, 404, "Not Found"],
    ["another method", { method: "GET", path: "/play/a" }, 404, "Not Found"],
    ["a slash inside a parameter", { method: "POST", path: "/play/a%2Fb" }, 404, "Not Found"],
    ["broken percent-encoding", { path: "/api/%E0%A4%A" }, 400, "Bad Request"],
    [
      "headers over 10,240 bytes",
      { headers: { "x-long": "x".repeat(10_200) } },
      431,
      "Request Header Fields Too Large",
    ],
    ["a body over 10 MB", { body: Buffer.alloc(10 * 1024 * 1024 + 1) }, 413, "Request Entity Too Large"],
  ])("%s is refused", async (_, parts, status, text) => {
    expect(await closed().api.handle(request(parts))).toEqual(refused(status, text));
  });
});

describe("a function that does not answer well", () => {
  test.each([
    [
      "fails",
      async () => ({
        requestId: "r",
        failed: true,
        payload: '{"errorType":"TypeError","errorMessage":"x is undefined"}',
      }),
      "TypeError: x is undefined",
    ],
    [
      "answers in a wrong shape",
      async () => ({ requestId: "r", failed: false, payload: '{"statusCode":"x"}' }),
      "the function's answer has no valid shape",
    ],
    [
      "may not be called",
      () => Promise.reject(new AwsError("AccessDeniedException", "apigateway.amazonaws.com may not invoke it", 403)),
      "apigateway.amazonaws.com may not invoke it",
    ],
  ])("because it %s gives 500, and the reason only to the operator", async (_, invoke, reason) => {
    const { api, failures } = gateway({ invoke });
    expect(await api.handle(request())).toEqual(refused(500, "Internal Server Error"));
    expect(failures).toEqual([`API abc123: GET /api/{proxy+}: ${reason}`]);
  });

  test("within the integration's time gives 503", async () => {
    const { api, failures, time } = gateway({ invoke: () => new Promise(() => undefined) });
    const response = api.handle(request());
    await time.advance(30_000);
    expect(await response).toEqual(refused(503, "Service Unavailable"));
    expect(failures).toEqual(["API abc123: GET /api/{proxy+}: no answer within 30000 ms"]);
  });
});

describe("a stack that API Gateway would not run like this", () => {
  test.each([
    [
      "aws_apigatewayv2_api.entitle",
      { protocol_type: "WEBSOCKET" },
      "aws_apigatewayv2_api.entitle: protocol_type must be HTTP, got WEBSOCKET",
    ],
    [
      "aws_apigatewayv2_integration.mint",
      { payload_format_version: "1.0" },
      "aws_apigatewayv2_integration.mint: must be AWS_PROXY with payload_format_version 2.0, got AWS_PROXY 1.0",
    ],
    [
      "aws_apigatewayv2_route.play",
      { target: "integrations/none" },
      "aws_apigatewayv2_route.play: target must be integrations/<id> of one of the API's integrations, got integrations/none",
    ],
    [
      "aws_apigatewayv2_route.play",
      { authorizer_id: "none" },
      "aws_apigatewayv2_route.play: authorizer_id must be one of the API's authorizers, got none",
    ],
    [
      "aws_apigatewayv2_route.play",
      { authorization_type: "AWS_IAM" },
      "aws_apigatewayv2_route.play: authorization_type must be JWT or NONE, got AWS_IAM",
    ],
  ])("%s %j is refused", (address, change, message) => {
    const resources: Record<string, Record<string, unknown>> = { ...RESOURCES };
    resources[address] = { ...resources[address], ...change };
    expect(() => gateway({}, resources)).toThrow(new Error(message));
  });
});
