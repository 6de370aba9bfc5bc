import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { startEdge } from "../../../local/edge/edge";
import { always, useEdge } from "./edge-harness";
import { ask, deploymentOf } from "./fixture";

const t = useEdge();

describe("the cache", () => {
  test("fetches an object once for viewers that ask at the same time", async () => {
    t.origin.handler = (_, response) => void setTimeout(() => response.writeHead(200).end("poster"), 50);
    const answers = await Promise.all(Array.from({ length: 5 }, () => ask(t.edge.port, "/posters/a.jpg")));
    expect(answers.map((answer) => answer.text)).toEqual(Array<string>(5).fill("poster"));
    expect(t.origin.requests).toHaveLength(1);
    expect(t.edge.statistics()).toEqual({ requests: 5, hits: 4, misses: 1, denied: 0 });
  });

  test("counts the age of what it serves, then asks the origin whether it is still good", async () => {
    t.origin.handler = ({ headers }, response) => {
      const head = { etag: '"v1"', "cache-control": "max-age=10", "last-modified": "Thu, 01 Jan 2026 00:00:00 GMT" };
      if (headers["if-none-match"] === '"v1"') response.writeHead(304, head).end();
      else response.writeHead(200, head).end("poster");
    };
    expect((await ask(t.edge.port, "/posters/a.jpg")).headers.age).toBeUndefined();
    t.now += 9_000;
    const hit = await ask(t.edge.port, "/posters/a.jpg");
    expect([hit.headers["x-cache"], hit.headers.age]).toEqual(["Hit from cloudfront", "9"]);
    t.now += 1_000;
    const refreshed = await ask(t.edge.port, "/posters/a.jpg");
    expect([refreshed.headers["x-cache"], refreshed.headers.age, refreshed.text]).toEqual([
      "RefreshHit from cloudfront",
      "0",
      "poster",
    ]);
    expect(t.origin.requests[1]?.headers["if-modified-since"]).toBe("Thu, 01 Jan 2026 00:00:00 GMT");
    t.now += 9_000;
    expect((await ask(t.edge.port, "/posters/a.jpg")).headers["x-cache"]).toBe("Hit from cloudfront");
  });

  test("keeps an error as long as the distribution says", async () => {
    t.origin.handler = always(404, {}, "gone");
    const first = await ask(t.edge.port, "/posters/a.jpg");
    expect([first.status, first.headers["x-cache"]]).toEqual([404, "Error from cloudfront"]);
    t.now += 4_999;
    expect((await ask(t.edge.port, "/posters/a.jpg")).status).toBe(404);
    expect(t.origin.requests).toHaveLength(1);
    t.now += 1;
    t.origin.handler = always(200, {}, "back");
    expect((await ask(t.edge.port, "/posters/a.jpg")).text).toBe("back");
  });

  test("serves an expired object while the origin fails", async () => {
    t.origin.handler = always(200, { "cache-control": "max-age=1" }, "poster");
    await ask(t.edge.port, "/posters/a.jpg");
    t.now += 2_000;
    t.origin.handler = always(503, {}, "down");
    expect((await ask(t.edge.port, "/posters/a.jpg")).text).toBe("poster");
    expect((await ask(t.edge.port, "/posters/a.jpg")).text).toBe("poster");
    expect(t.origin.requests).toHaveLength(2);
  });

  test("cuts ranges out of the whole object, which is fetched once", async () => {
    t.origin.handler = always(200, { "content-type": "image/jpeg", etag: '"v1"' }, "0123456789");
    const range = (value: string, more = {}) =>
      ask(t.edge.port, "/posters/a.jpg", { headers: { range: value, ...more } });
    const middle = await range("bytes=2-4");
    expect([middle.status, middle.text, middle.headers["content-range"]]).toEqual([206, "234", "bytes 2-4/10"]);
    expect((await range("bytes=-3")).text).toBe("789");
    const beyond = await range("bytes=10-");
    expect([beyond.status, beyond.headers["content-range"]]).toEqual([416, "bytes */10"]);
    expect((await range("bytes=2-4", { "if-range": '"v2"' })).text).toBe("0123456789");
    expect(t.origin.requests).toHaveLength(1);
    expect(t.origin.requests[0]?.headers.range).toBeUndefined();
  });

  test("answers HEAD and conditions from what it keeps", async () => {
    t.origin.handler = always(200, { etag: '"v1"' }, "poster");
    await ask(t.edge.port, "/posters/a.jpg");
    const head = await ask(t.edge.port, "/posters/a.jpg", { method: "HEAD" });
    expect([head.status, head.text, head.headers["content-length"]]).toEqual([200, "", "6"]);
    const same = await ask(t.edge.port, "/posters/a.jpg", { headers: { "if-none-match": 'W/"v1"' } });
    expect([same.status, same.text, same.headers["x-cache"]]).toEqual([304, "", "Hit from cloudfront"]);
    expect(t.origin.requests).toHaveLength(1);
  });

  test("tells requests apart by the query parameters of its policy only", async () => {
    t.origin.handler = ({ url }, response) => response.writeHead(200).end(url);
    expect((await ask(t.edge.port, "/app/a.js?lang=nl&v=1")).text).toBe("/app/a.js?lang=nl");
    expect((await ask(t.edge.port, "/app/a.js?v=2&lang=nl")).headers["x-cache"]).toBe("Hit from cloudfront");
    expect((await ask(t.edge.port, "/app/a.js?lang=en")).headers["x-cache"]).toBe("Miss from cloudfront");
  });

  test("compresses text for viewers that take it, with a weak entity tag", async () => {
    const playlist = "#EXTM3U\n".repeat(200);
    const type = "application/vnd.apple.mpegurl";
    const length = String(playlist.length);
    t.origin.handler = always(200, { "content-type": type, etag: '"v1"', "content-length": length }, playlist);
    const get = (encoding: string) => ask(t.edge.port, "/posters/a.m3u8", { headers: { "accept-encoding": encoding } });
    const brotli = await get("gzip, deflate, br");
    expect([brotli.headers["content-encoding"], brotli.headers.etag]).toEqual(["br", 'W/"v1"']);
    expect(brotliDecompressSync(brotli.body).toString()).toBe(playlist);
    expect(t.origin.requests[0]?.headers["accept-encoding"]).toBe("br,gzip");
    const gzip = await get("gzip");
    expect(gunzipSync(gzip.body).toString()).toBe(playlist);
    const plain = await get("identity");
    expect([plain.headers["content-encoding"], plain.text]).toEqual([undefined, playlist]);
    expect((await get("br, gzip")).headers["x-cache"]).toBe("Hit from cloudfront");
  });

  test("forgets what is invalidated", async () => {
    t.origin.handler = always(200, {}, "poster");
    await ask(t.edge.port, "/posters/a.jpg");
    expect(t.edge.invalidate(["/posters/*"])).toBe(1);
    expect((await ask(t.edge.port, "/posters/a.jpg")).headers["x-cache"]).toBe("Miss from cloudfront");
  });

  test("passes on what is too large to keep, ranges cut by the origin", async () => {
    const small = await startEdge({
      port: 0,
      clock: () => t.now,
      gatewayAddress: t.origin.address,
      cacheBytes: 800,
      signOriginRequest: () => ({}),
    });
    small.configure(deploymentOf(t.stack()));
    const large = "x".repeat(5_000);
    t.origin.handler = ({ headers }, response) =>
      headers.range === "bytes=0-9"
        ? response.writeHead(206, { "content-range": "bytes 0-9/5000" }).end(large.slice(0, 10))
        : response.writeHead(200).end(large); // chunked: the size shows on the way only
    expect((await ask(small.port, "/posters/a.mp4")).text).toBe(large);
    const part = await ask(small.port, "/posters/a.mp4", { headers: { range: "bytes=0-9" } });
    expect([part.status, part.text, part.headers["content-range"]]).toEqual([206, "xxxxxxxxxx", "bytes 0-9/5000"]);
    await small.stop();
  });
});
