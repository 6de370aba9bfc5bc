import { getSignedCookies } from "@aws-sdk/cloudfront-signer";
import { gunzipSync, brotliDecompressSync } from "node:zlib";
import { startEdge, type Edge } from "../../../local/edge/edge";
import type { UnsignedOriginRequest } from "../../../local/edge/origin-request";
import type { Principal } from "../../../local/kernel/aws-service";
import { ask, deploymentOf, edgeStack, fakeOrigin, keyPair, NOW, type FakeOrigin, type Handler } from "./fixture";

const keys = { rsa: keyPair("rsa"), ec: keyPair("ec") };
const signed: { principal: Principal; request: UnsignedOriginRequest }[] = [];
let now = NOW;
let origin: FakeOrigin;
let edge: Edge;
let ids = 0;

const always =
  (status: number, headers: Record<string, string | string[]>, body = ""): Handler =>
  (_, response) =>
    response.writeHead(status, headers).end(body);

beforeEach(async () => {
  now = NOW;
  signed.length = 0;
  origin = await fakeOrigin();
  edge = await startEdge({
    port: 0,
    clock: () => now,
    gatewayAddress: origin.address,
    newRequestId: () => `id-${++ids}`,
    signOriginRequest: (principal, request) => {
      signed.push({ principal, request });
      return { authorization: "AWS4-HMAC-SHA256 Credential=test" };
    },
  });
  edge.configure(deploymentOf(edgeStack(keys)));
});

afterEach(async () => {
  await edge.stop();
  await origin.stop();
});

function cookie(resource = "https://127.0.0.1:8443/v1/title/*"): string {
  const condition = { DateLessThan: { "AWS:EpochTime": NOW / 1000 + 300 } };
  const values = getSignedCookies({
    policy: JSON.stringify({ Statement: [{ Resource: resource, Condition: condition }] }),
    keyPairId: "KEC",
    privateKey: keys.ec.privatePem,
    algorithm: "SHA256",
  });
  return Object.entries(values)
    .map(([name, value]) => `${name}=${value}`)
    .join("; ");
}

describe("the edge before it is configured", () => {
  test("listens and answers 503", async () => {
    const bare = await startEdge({ port: 0, clock: () => now, gatewayAddress: origin.address });
    const response = await ask(bare.port, "/v1/title/index.m3u8");
    expect(response.status).toBe(503);
    expect(response.text).toContain("The distribution is not deployed yet.");
    expect(bare.statistics()).toEqual({ requests: 1, hits: 0, misses: 0, denied: 0 });
    await bare.stop();
  });

  test("rejects when the port is taken", async () => {
    const again = startEdge({ port: edge.port, clock: () => now, gatewayAddress: origin.address });
    await expect(again).rejects.toMatchObject({ code: "EADDRINUSE" });
  });
});

describe("the gate", () => {
  test("refuses without a cookie, with CloudFront's document, and asks no origin", async () => {
    const response = await ask(edge.port, "/v1/title/index.m3u8");
    expect(response.status).toBe(403);
    expect(response.text).toBe(
      '<?xml version="1.0" encoding="UTF-8"?><Error><Code>MissingKey</Code><Message>Missing Key-Pair-Id query parameter or cookie value</Message></Error>',
    );
    expect(response.headers).toMatchObject({
      "content-type": "text/xml",
      server: "CloudFront",
      "x-cache": "Error from cloudfront",
    });
    expect(origin.requests).toEqual([]);
    expect(edge.statistics()).toEqual({ requests: 1, hits: 0, misses: 0, denied: 1 });
  });

  test("admits a cookie, which neither the origin nor the cache key sees", async () => {
    origin.handler = always(200, { "content-type": "video/mp2t", "content-length": "5" }, "media");
    const first = await ask(edge.port, "/v1/title/a.ts", { headers: { cookie: cookie() } });
    const second = await ask(edge.port, "/v1/title/a.ts", { headers: { cookie: cookie("*") } });
    expect([first.text, first.headers["x-cache"]]).toEqual(["media", "Miss from cloudfront"]);
    expect([second.text, second.headers["x-cache"]]).toEqual(["media", "Hit from cloudfront"]);
    expect(origin.requests).toHaveLength(1);
    expect(origin.requests[0]?.url).toBe("/out/v1/title/a.ts");
    expect(origin.requests[0]?.headers).toEqual({
      host: "abc.egress.mediapackage-vod.eu-west-1.amazonaws.com",
      "user-agent": "Amazon CloudFront",
      "x-mediapackage-cdnidentifier": "cdn-secret",
      "x-forwarded-for": "127.0.0.1",
      via: expect.stringMatching(/^1\.1 .*\.cloudfront\.net \(CloudFront\)$/) as string,
      "x-amz-cf-id": expect.stringMatching(/^id-/) as string,
      connection: "keep-alive",
    });
    expect(edge.statistics()).toEqual({ requests: 2, hits: 1, misses: 1, denied: 0 });
  });

  test("judges the normalised path's behaviour, so that dot segments do not lead around it", async () => {
    const response = await ask(edge.port, "/posters/%2e%2e/v1/title/a.ts");
    expect(response.status).toBe(403);
    expect(response.text).toContain("MissingKey");
  });

  test("holds for preflights too", async () => {
    const response = await ask(edge.port, "/v1/title/a.ts", { method: "OPTIONS" });
    expect(response.status).toBe(403);
  });

  test("gives its refusals the behaviour's CORS headers", async () => {
    const response = await ask(edge.port, "/v1/title/a.ts", { headers: { origin: "https://player.example" } });
    expect(response.headers).toMatchObject({
      "access-control-allow-origin": "https://player.example",
      "access-control-allow-credentials": "true",
      "x-content-type-options": "nosniff",
    });
  });
});

describe("the door", () => {
  test("blocks countries of the geo restriction, told by the client's loopback address", async () => {
    origin.handler = always(200, {}, "poster");
    const russia = await ask(edge.port, "/posters/a.jpg", { from: "127.0.0.6" });
    expect(russia.status).toBe(403);
    expect(russia.text).toContain("is configured to block access from your country.");
    expect((await ask(edge.port, "/posters/a.jpg", { from: "127.0.0.2" })).status).toBe(200);
  });

  test("blocks an address over the firewall's rate until the window has passed", async () => {
    origin.handler = always(200, { "cache-control": "no-store" }, "{}");
    for (let i = 0; i < 10; i++) expect((await ask(edge.port, "/play/limited")).status).toBe(200);
    const blocked = await ask(edge.port, "/play/limited");
    expect([blocked.status, blocked.text.includes("Request blocked.")]).toEqual([403, true]);
    expect((await ask(edge.port, "/play/limited", { from: "127.0.0.2" })).status).toBe(200);
    expect((await ask(edge.port, "/play/free")).status).toBe(200);
    now += 60_000;
    expect((await ask(edge.port, "/play/limited")).status).toBe(200);
    expect(edge.statistics().denied).toBe(1);
  });

  test("refuses methods that the behaviour does not allow, and a GET with a body", async () => {
    const posted = await ask(edge.port, "/posters/a.jpg", { method: "POST", body: "x" });
    expect(posted.status).toBe(403);
    expect(posted.text).toContain(
      "This distribution is not configured to allow the HTTP request method that was used for this request. The distribution supports only cachable requests.",
    );
    const body = await ask(edge.port, "/posters/a.jpg", { body: "x", headers: { "content-length": "1" } });
    expect(body.status).toBe(403);
    expect(origin.requests).toEqual([]);
  });

  test("refuses addresses over 8,192 bytes with 414 and requests over 32,768 with 413", async () => {
    origin.handler = always(200, {}, "ok");
    expect((await ask(edge.port, `/posters/${"a".repeat(8_200)}`)).status).toBe(414);
    expect((await ask(edge.port, `/posters/${"a".repeat(8_100)}`)).status).toBe(200);
    const headers = { "x-long": "a".repeat(20_000), "x-longer": "a".repeat(13_000) };
    expect((await ask(edge.port, "/posters/a", { headers })).status).toBe(413);
    expect((await ask(edge.port, "/posters/a", { headers: { "x-long": "a".repeat(30_000) } })).status).toBe(200);
  });
});

describe("requests to the API", () => {
  test("carry the bearer token, the body, cookies, the query and CloudFront's own headers", async () => {
    origin.handler = always(200, { "set-cookie": ["a=1; Path=/", "b=2"], "cache-control": "no-store" }, "{}");
    const response = await ask(edge.port, "/play/film?b=2&a=1", {
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
    const [seen] = origin.requests;
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
    origin.handler = ({ headers }, response) =>
      response.writeHead(200, { "cache-control": "no-store" }).end(headers.authorization);
    const as = (token: string) => ask(edge.port, "/play/list", { headers: { authorization: token } });
    const [one, two] = await Promise.all([as("Bearer 1"), as("Bearer 2"), as("Bearer 1")]);
    expect([one.text, two.text]).toEqual(["Bearer 1", "Bearer 2"]);
    expect(origin.requests).toHaveLength(3);
  });
});

describe("requests to S3", () => {
  test("are signed as CloudFront for the distribution, over the path as sent and no unlisted query", async () => {
    origin.handler = always(200, { "set-cookie": "s3=1" }, "poster");
    const response = await ask(edge.port, "/posters/a%20b//c.jpg?x=1", { headers: { authorization: "Bearer x" } });
    expect([response.status, response.headers["set-cookie"]]).toEqual([200, undefined]);
    expect(origin.requests[0]?.url).toBe("/posters/a%20b//c.jpg");
    expect(origin.requests[0]?.headers.authorization).toBe("AWS4-HMAC-SHA256 Credential=test");
    expect(signed).toHaveLength(1);
    expect(signed[0]?.principal).toEqual({
      kind: "service",
      arn: "cloudfront.amazonaws.com",
      sourceArn: "arn:aws:cloudfront::000000000000:distribution/E1",
    });
    expect(signed[0]?.request).toMatchObject({
      service: "s3",
      method: "GET",
      host: "vod-packaged.s3.eu-west-1.amazonaws.com",
      path: "/posters/a%20b//c.jpg",
      query: "",
    });
  });
});

describe("the cache", () => {
  test("fetches an object once for viewers that ask at the same time", async () => {
    origin.handler = (_, response) => void setTimeout(() => response.writeHead(200).end("poster"), 50);
    const answers = await Promise.all(Array.from({ length: 5 }, () => ask(edge.port, "/posters/a.jpg")));
    expect(answers.map((answer) => answer.text)).toEqual(Array<string>(5).fill("poster"));
    expect(origin.requests).toHaveLength(1);
    expect(edge.statistics()).toEqual({ requests: 5, hits: 4, misses: 1, denied: 0 });
  });

  test("counts the age of what it serves, then asks the origin whether it is still good", async () => {
    origin.handler = ({ headers }, response) => {
      const head = { etag: '"v1"', "cache-control": "max-age=10", "last-modified": "Thu, 01 Jan 2026 00:00:00 GMT" };
      if (headers["if-none-match"] === '"v1"') response.writeHead(304, head).end();
      else response.writeHead(200, head).end("poster");
    };
    expect((await ask(edge.port, "/posters/a.jpg")).headers.age).toBeUndefined();
    now += 9_000;
    const hit = await ask(edge.port, "/posters/a.jpg");
    expect([hit.headers["x-cache"], hit.headers.age]).toEqual(["Hit from cloudfront", "9"]);
    now += 1_000;
    const refreshed = await ask(edge.port, "/posters/a.jpg");
    expect([refreshed.headers["x-cache"], refreshed.headers.age, refreshed.text]).toEqual([
      "RefreshHit from cloudfront",
      "0",
      "poster",
    ]);
    expect(origin.requests[1]?.headers["if-modified-since"]).toBe("Thu, 01 Jan 2026 00:00:00 GMT");
    now += 9_000;
    expect((await ask(edge.port, "/posters/a.jpg")).headers["x-cache"]).toBe("Hit from cloudfront");
  });

  test("keeps an error as long as the distribution says", async () => {
    origin.handler = always(404, {}, "gone");
    const first = await ask(edge.port, "/posters/a.jpg");
    expect([first.status, first.headers["x-cache"]]).toEqual([404, "Error from cloudfront"]);
    now += 4_999;
    expect((await ask(edge.port, "/posters/a.jpg")).status).toBe(404);
    expect(origin.requests).toHaveLength(1);
    now += 1;
    origin.handler = always(200, {}, "back");
    expect((await ask(edge.port, "/posters/a.jpg")).text).toBe("back");
  });

  test("serves an expired object while the origin fails", async () => {
    origin.handler = always(200, { "cache-control": "max-age=1" }, "poster");
    await ask(edge.port, "/posters/a.jpg");
    now += 2_000;
    origin.handler = always(503, {}, "down");
    expect((await ask(edge.port, "/posters/a.jpg")).text).toBe("poster");
    expect((await ask(edge.port, "/posters/a.jpg")).text).toBe("poster");
    expect(origin.requests).toHaveLength(2);
  });

  test("cuts ranges out of the whole object, which is fetched once", async () => {
    origin.handler = always(200, { "content-type": "image/jpeg", etag: '"v1"' }, "0123456789");
    const range = (value: string, more = {}) =>
      ask(edge.port, "/posters/a.jpg", { headers: { range: value, ...more } });
    const middle = await range("bytes=2-4");
    expect([middle.status, middle.text, middle.headers["content-range"]]).toEqual([206, "234", "bytes 2-4/10"]);
    expect((await range("bytes=-3")).text).toBe("789");
    const beyond = await range("bytes=10-");
    expect([beyond.status, beyond.headers["content-range"]]).toEqual([416, "bytes */10"]);
    expect((await range("bytes=2-4", { "if-range": '"v2"' })).text).toBe("0123456789");
    expect(origin.requests).toHaveLength(1);
    expect(origin.requests[0]?.headers.range).toBeUndefined();
  });

  test("answers HEAD and conditions from what it keeps", async () => {
    origin.handler = always(200, { etag: '"v1"' }, "poster");
    await ask(edge.port, "/posters/a.jpg");
    const head = await ask(edge.port, "/posters/a.jpg", { method: "HEAD" });
    expect([head.status, head.text, head.headers["content-length"]]).toEqual([200, "", "6"]);
    const same = await ask(edge.port, "/posters/a.jpg", { headers: { "if-none-match": 'W/"v1"' } });
    expect([same.status, same.text, same.headers["x-cache"]]).toEqual([304, "", "Hit from cloudfront"]);
    expect(origin.requests).toHaveLength(1);
  });

  test("tells requests apart by the query parameters of its policy only", async () => {
    origin.handler = ({ url }, response) => response.writeHead(200).end(url);
    expect((await ask(edge.port, "/app/a.js?lang=nl&v=1")).text).toBe("/app/a.js?lang=nl");
    expect((await ask(edge.port, "/app/a.js?v=2&lang=nl")).headers["x-cache"]).toBe("Hit from cloudfront");
    expect((await ask(edge.port, "/app/a.js?lang=en")).headers["x-cache"]).toBe("Miss from cloudfront");
  });

  test("compresses text for viewers that take it, with a weak entity tag", async () => {
    const playlist = "#EXTM3U\n".repeat(200);
    const type = "application/vnd.apple.mpegurl";
    const length = String(playlist.length);
    origin.handler = always(200, { "content-type": type, etag: '"v1"', "content-length": length }, playlist);
    const get = (encoding: string) => ask(edge.port, "/posters/a.m3u8", { headers: { "accept-encoding": encoding } });
    const brotli = await get("gzip, deflate, br");
    expect([brotli.headers["content-encoding"], brotli.headers.etag]).toEqual(["br", 'W/"v1"']);
    expect(brotliDecompressSync(brotli.body).toString()).toBe(playlist);
    expect(origin.requests[0]?.headers["accept-encoding"]).toBe("br,gzip");
    const gzip = await get("gzip");
    expect(gunzipSync(gzip.body).toString()).toBe(playlist);
    const plain = await get("identity");
    expect([plain.headers["content-encoding"], plain.text]).toEqual([undefined, playlist]);
    expect((await get("br, gzip")).headers["x-cache"]).toBe("Hit from cloudfront");
  });

  test("forgets what is invalidated", async () => {
    origin.handler = always(200, {}, "poster");
    await ask(edge.port, "/posters/a.jpg");
    expect(edge.invalidate(["/posters/*"])).toBe(1);
    expect((await ask(edge.port, "/posters/a.jpg")).headers["x-cache"]).toBe("Miss from cloudfront");
  });

  test("passes on what is too large to keep, ranges cut by the origin", async () => {
    const small = await startEdge({
      port: 0,
      clock: () => now,
      gatewayAddress: origin.address,
      cacheBytes: 800,
      signOriginRequest: () => ({}),
    });
    small.configure(deploymentOf(edgeStack(keys)));
    const large = "x".repeat(5_000);
    origin.handler = ({ headers }, response) =>
      headers.range === "bytes=0-9"
        ? response.writeHead(206, { "content-range": "bytes 0-9/5000" }).end(large.slice(0, 10))
        : response.writeHead(200).end(large); // chunked: the size shows on the way only
    expect((await ask(small.port, "/posters/a.mp4")).text).toBe(large);
    const part = await ask(small.port, "/posters/a.mp4", { headers: { range: "bytes=0-9" } });
    expect([part.status, part.text, part.headers["content-range"]]).toEqual([206, "xxxxxxxxxx", "bytes 0-9/5000"]);
    await small.stop();
  });
});

describe("an origin", () => {
  test("that does not answer in time gives 504", async () => {
    origin.handler = () => undefined;
    const response = await ask(edge.port, "/play/film");
    expect([response.status, response.headers["x-cache"]]).toEqual([504, "Error from cloudfront"]);
  });

  test("that stops in the middle gives 504", async () => {
    origin.handler = (_, response) => void response.writeHead(200, { "content-length": "100" }).write("half");
    const response = await ask(edge.port, "/v1/title/a.ts", { headers: { cookie: cookie() } });
    expect(response.status).toBe(504);
  });

  test("that hangs up is asked again, as often as it is configured", async () => {
    const stack = edgeStack(keys);
    const distribution = stack["aws_cloudfront_distribution.vod"];
    const origins = (distribution?.origin as object[]).map((one) => ({ ...one, connection_attempts: 2 }));
    edge.configure(deploymentOf({ ...stack, "aws_cloudfront_distribution.vod": { ...distribution, origin: origins } }));
    origin.handler = (_, response) =>
      origin.requests.length === 1 ? response.destroy() : response.writeHead(200).end("poster");
    expect((await ask(edge.port, "/posters/a.jpg")).text).toBe("poster");
    expect(origin.requests).toHaveLength(2);
  });

  test("that cannot be reached gives 502", async () => {
    const lost = await startEdge({ port: 0, clock: () => now, gatewayAddress: "http://127.0.0.1:1" });
    lost.configure(deploymentOf(edgeStack(keys)));
    const response = await ask(lost.port, "/play/film");
    expect(response.status).toBe(502);
    expect(response.text).toContain(
      "origin api (api1.execute-api.eu-west-1.amazonaws.com) cannot be reached: ECONNREFUSED",
    );
    await lost.stop();
  });

  test("that breaks off in the middle gives 502 and nothing is kept", async () => {
    origin.handler = (_, response) => {
      response.writeHead(200, { "content-length": "100" });
      response.write("half", () => response.destroy());
    };
    expect((await ask(edge.port, "/posters/a.jpg")).status).toBe(502);
    now += 10_000;
    origin.handler = always(200, {}, "whole");
    expect((await ask(edge.port, "/posters/a.jpg")).text).toBe("whole");
  });
});

describe("functions and pages", () => {
  test("a viewer-request function rewrites the path of its behaviour", async () => {
    origin.handler = ({ url }, response) => response.writeHead(200).end(url);
    expect((await ask(edge.port, "/app/")).text).toBe("/app/index.html");
    expect((await ask(edge.port, "/")).text).toBe("/app/index.html");
  });

  test("a viewer-request function may answer itself", async () => {
    const response = await ask(edge.port, "/app/old");
    expect([response.status, response.headers.location, response.headers["x-cache"]]).toEqual([
      302,
      "/app/",
      "FunctionGeneratedResponse from cloudfront",
    ]);
  });

  test("a function that fails gives 503", async () => {
    const response = await ask(edge.port, "/app/broken");
    expect(response.status).toBe(503);
    expect(response.text).toContain("is invalid or could not run.");
  });

  test("an error page takes the place of an error, a refusal's too", async () => {
    const stack = edgeStack(keys);
    const distribution = stack["aws_cloudfront_distribution.vod"];
    const page = { error_code: 403, response_code: 200, response_page_path: "/posters/sorry.html" };
    edge.configure(
      deploymentOf({ ...stack, "aws_cloudfront_distribution.vod": { ...distribution, custom_error_response: [page] } }),
    );
    origin.handler = always(200, { "content-type": "text/html" }, "sorry");
    const response = await ask(edge.port, "/v1/title/a.ts");
    expect([response.status, response.text]).toEqual([200, "sorry"]);
    expect(edge.statistics().denied).toBe(1);
  });
});

test("the access log tells what happened, without queries", async () => {
  origin.handler = always(200, {}, "poster");
  await ask(edge.port, "/posters/a.jpg?token=secret");
  await ask(edge.port, "/v1/title/a.ts?Signature=secret", { from: "127.0.0.3" });
  expect(edge.accessLog()).toEqual([
    {
      time: "2026-01-02T03:04:05.000Z",
      method: "GET",
      path: "/posters/a.jpg",
      status: 200,
      result: "Miss",
      bytes: 6,
      country: "NL",
    },
    {
      time: "2026-01-02T03:04:05.000Z",
      method: "GET",
      path: "/v1/title/a.ts",
      status: 403,
      result: "Denied",
      bytes: 146,
      country: "GB",
    },
  ]);
});
