import { startEdge } from "../../../local/edge/edge";
import { always, useEdge } from "./edge-harness";
import { ask, deploymentOf } from "./fixture";

const t = useEdge();

describe("requests to the API", () => {
  test("carry the bearer token, the body, cookies, the query and CloudFront's own headers", async () => {
    t.origin.handler = always(200, { "set-cookie": ["a=1; Path=/", "b=2"], "cache-control": "no-store" }, "{}");
    const response = await ask(t.edge.port, "/play/film?b=2&a=1", {
      method: "POST",
      body: '{"x":1}',
      headers: {
        authorization: "Bearer token",
        "content-type": "application/json",
        "content-length": "7",
        cookie: "session=1",
        "x-forwarded-for": "10.0.0.1",
        "x-vod-origin-secret": "forged",
        "cloudfront-viewer-country": "XX",
        "cloudfront-viewer-address": "10.0.0.1:1",
        "x-other": "dropped",
      },
      from: "127.0.0.2",
    });
    expect(response.status).toBe(200);
    expect(response.headers["set-cookie"]).toEqual(["a=1; Path=/", "b=2"]);
    const [seen] = t.origin.requests;
    expect([seen?.method, seen?.url, seen?.body]).toEqual(["POST", "/play/film?b=2&a=1", '{"x":1}']);
    expect(seen?.headers).toMatchObject({
      host: "api1.execute-api.eu-west-1.amazonaws.com",
      authorization: "Bearer token",
      "content-type": "application/json",
      cookie: "session=1",
      "x-forwarded-for": "10.0.0.1,127.0.0.2",
      "x-vod-origin-secret": "api-secret",
      "cloudfront-viewer-country": "US",
      "cloudfront-viewer-address": expect.stringMatching(/^127\.0\.0\.2:\d+$/) as string,
    });
    expect(seen?.headers["x-other"]).toBeUndefined();
  });

  test("are never shared between tokens, nor kept when the origin says no-store", async () => {
    t.origin.handler = ({ headers }, response) =>
      response.writeHead(200, { "cache-control": "no-store" }).end(headers.authorization);
    const as = (token: string) => ask(t.edge.port, "/play/list", { headers: { authorization: token } });
    const [one, two] = await Promise.all([as("Bearer 1"), as("Bearer 2"), as("Bearer 1")]);
    expect([one.text, two.text]).toEqual(["Bearer 1", "Bearer 2"]);
    expect(t.origin.requests).toHaveLength(3);
  });
});

describe("requests to S3", () => {
  test("are signed as CloudFront for the distribution, over the path as sent and no unlisted query", async () => {
    t.origin.handler = always(200, { "set-cookie": "s3=1" }, "poster");
    const response = await ask(t.edge.port, "/posters/a%20b//c.jpg?x=1", { headers: { authorization: "Bearer x" } });
    expect([response.status, response.headers["set-cookie"]]).toEqual([200, undefined]);
    expect(t.origin.requests[0]?.url).toBe("/posters/a%20b//c.jpg");
    expect(t.origin.requests[0]?.headers.authorization).toBe("AWS4-HMAC-SHA256 Credential=test");
    expect(t.signed).toHaveLength(1);
    expect(t.signed[0]?.principal).toEqual({
      kind: "service",
      arn: "cloudfront.amazonaws.com",
      sourceArn: "arn:aws:cloudfront::000000000000:distribution/E1",
    });
    expect(t.signed[0]?.request).toMatchObject({
      service: "s3",
      method: "GET",
      host: "vod-packaged.s3.eu-west-1.amazonaws.com",
      path: "/posters/a%20b//c.jpg",
      query: "",
    });
  });
});

test("an access control that never signs, or gives way to the viewer's own signature, does not sign", async () => {
  t.origin.handler = always(200, { "cache-control": "no-store" }, "poster");
  const control = { id: "oac1", origin_access_control_origin_type: "s3" };
  const address = "aws_cloudfront_origin_access_control.s3";
  t.reconfigure({}, { [address]: { ...control, signing_behavior: "never" } });
  await ask(t.edge.port, "/posters/a.jpg");
  expect(t.signed).toHaveLength(0);
  const behaviors = (t.original().ordered_cache_behavior as object[]).map((one) => ({
    ...one,
    cache_policy_id: "cache-api",
  }));
  t.reconfigure({ ordered_cache_behavior: behaviors }, { [address]: { ...control, signing_behavior: "no-override" } });
  await ask(t.edge.port, "/posters/a.jpg", { headers: { authorization: "own" } });
  expect([t.signed.length, t.origin.requests[1]?.headers.authorization]).toEqual([0, "own"]);
  await ask(t.edge.port, "/posters/a.jpg");
  expect(t.signed).toHaveLength(1);
});

describe("an origin", () => {
  test("that does not answer in time gives 504", async () => {
    t.origin.handler = () => undefined;
    const response = await ask(t.edge.port, "/play/film");
    expect([response.status, response.headers["x-cache"]]).toEqual([504, "Error from cloudfront"]);
  });

  test("that stops in the middle gives 504", async () => {
    t.origin.handler = (_, response) => void response.writeHead(200, { "content-length": "100" }).write("half");
    const response = await ask(t.edge.port, "/v1/title/a.ts", { headers: { cookie: t.cookie() } });
    expect(response.status).toBe(504);
  });

  test("that hangs up is asked again, as often as it is configured", async () => {
    t.reconfigure({ origin: (t.original().origin as object[]).map((one) => ({ ...one, connection_attempts: 2 })) });
    t.origin.handler = (_, response) =>
      t.origin.requests.length === 1 ? response.destroy() : response.writeHead(200).end("poster");
    expect((await ask(t.edge.port, "/posters/a.jpg")).text).toBe("poster");
    expect(t.origin.requests).toHaveLength(2);
  });

  test("that cannot be reached gives 502", async () => {
    const lost = await startEdge({ port: 0, clock: () => t.now, gatewayAddress: "http://127.0.0.1:1" });
    lost.configure(deploymentOf(t.stack()));
    const response = await ask(lost.port, "/play/film");
    expect(response.status).toBe(502);
    expect(response.text).toContain(
      "origin api (api1.execute-api.eu-west-1.amazonaws.com) cannot be reached: ECONNREFUSED",
    );
    await lost.stop();
  });

  test("that breaks off in the middle gives 502 and nothing is kept", async () => {
    t.origin.handler = (_, response) => {
      response.writeHead(200, { "content-length": "100" });
      response.write("half", () => response.destroy());
    };
    expect((await ask(t.edge.port, "/posters/a.jpg")).status).toBe(502);
    t.now += 10_000;
    t.origin.handler = always(200, {}, "whole");
    expect((await ask(t.edge.port, "/posters/a.jpg")).text).toBe("whole");
  });
});
