import { SignJWT } from "jose";
import { ACCOUNT } from "../test-kit";
import { gateway, HOST, ISSUER, MINT, privateKey, request } from "./test-api";

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
