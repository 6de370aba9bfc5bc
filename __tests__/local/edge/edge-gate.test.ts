import { always, useEdge } from "./edge-harness";
import { ask } from "./fixture";

const t = useEdge();

describe("the gate", () => {
  test("refuses without a cookie, with CloudFront's document, and asks no origin", async () => {
    const response = await ask(t.edge.port, "/v1/title/index.m3u8");
    expect(response.status).toBe(403);
    expect(response.text).toBe(
      '<?xml version="1.0" encoding="UTF-8"?><Error><Code>MissingKey</Code><Message>Missing Key-Pair-Id query parameter or cookie value</Message></Error>',
    );
    expect(response.headers).toMatchObject({
      "content-type": "text/xml",
      server: "CloudFront",
      "x-cache": "Error from cloudfront",
    });
    expect(t.origin.requests).toEqual([]);
    expect(t.edge.statistics()).toEqual({ requests: 1, hits: 0, misses: 0, denied: 1 });
  });

  test("admits a cookie, which neither the origin nor the cache key sees", async () => {
    t.origin.handler = always(200, { "content-type": "video/mp2t", "content-length": "5" }, "media");
    const first = await ask(t.edge.port, "/v1/title/a.ts", { headers: { cookie: t.cookie() } });
    const second = await ask(t.edge.port, "/v1/title/a.ts", { headers: { cookie: t.cookie("*") } });
    expect([first.text, first.headers["x-cache"]]).toEqual(["media", "Miss from cloudfront"]);
    expect([second.text, second.headers["x-cache"]]).toEqual(["media", "Hit from cloudfront"]);
    expect(t.origin.requests).toHaveLength(1);
    expect(t.origin.requests[0]?.url).toBe("/out/v1/title/a.ts");
    expect(t.origin.requests[0]?.headers).toEqual({
      host: "abc.egress.mediapackage-vod.eu-west-1.amazonaws.com",
      "user-agent": "Amazon CloudFront",
      "x-mediapackage-cdnidentifier": "cdn-secret",
      "x-forwarded-for": "127.0.0.1",
      via: expect.stringMatching(/^1\.1 .*\.cloudfront\.net \(CloudFront\)$/) as string,
      "x-amz-cf-id": expect.stringMatching(/^id-/) as string,
      connection: "keep-alive",
    });
    expect(t.edge.statistics()).toEqual({ requests: 2, hits: 1, misses: 1, denied: 0 });
  });

  test("judges the normalised path's behaviour, so that dot segments do not lead around it", async () => {
    const response = await ask(t.edge.port, "/posters/%2e%2e/v1/title/a.ts");
    expect(response.status).toBe(403);
    expect(response.text).toContain("MissingKey");
  });

  test("keeps signing parameters from the origin where the query is forwarded", async () => {
    t.reconfigure({
      default_cache_behavior: {
        ...(t.original().default_cache_behavior as object),
        origin_request_policy_id: "orp-api",
      },
    });
    t.origin.handler = always(200, {}, "media");
    const headers = { cookie: t.cookie("https://127.0.0.1:8443/v1/*?aws.manifestfilter=x") };
    const path = "/v1/title/index.m3u8?aws.manifestfilter=x&Expires=1&Hash-Algorithm=SHA1";
    expect((await ask(t.edge.port, path, { headers })).status).toBe(200);
    expect(t.origin.requests[0]?.url).toBe("/out/v1/title/index.m3u8?aws.manifestfilter=x");
  });

  test("judges policies by the alternate name that the viewer used", async () => {
    t.reconfigure({ aliases: ["cdn.example"] });
    t.origin.handler = always(200, {}, "media");
    const headers = { cookie: t.cookie("https://cdn.example/v1/*") };
    expect((await ask(t.edge.port, "/v1/a.ts", { headers })).status).toBe(403);
    expect((await ask(t.edge.port, "/v1/a.ts", { headers: { ...headers, host: "cdn.example" } })).status).toBe(200);
    expect((await ask(t.edge.port, "/v1/a.ts", { headers: { ...headers, host: "forged.example" } })).status).toBe(403);
  });

  test("holds for preflights too", async () => {
    const response = await ask(t.edge.port, "/v1/title/a.ts", { method: "OPTIONS" });
    expect(response.status).toBe(403);
  });

  test("gives its refusals the behaviour's CORS headers", async () => {
    const response = await ask(t.edge.port, "/v1/title/a.ts", { headers: { origin: "https://player.example" } });
    expect(response.headers).toMatchObject({
      "access-control-allow-origin": "https://player.example",
      "access-control-allow-credentials": "true",
      "x-content-type-options": "nosniff",
    });
  });
});
