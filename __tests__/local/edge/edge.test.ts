import { startEdge } from "../../../local/edge/edge";
import { always, useEdge } from "./edge-harness";
import { ask } from "./fixture";

const t = useEdge();

describe("the edge before it is configured", () => {
  test("listens and answers 503", async () => {
    const bare = await startEdge({ port: 0, clock: () => t.now, gatewayAddress: t.origin.address });
    const response = await ask(bare.port, "/v1/title/index.m3u8");
    expect(response.status).toBe(503);
    expect(response.text).toContain("The distribution is not deployed yet.");
    expect(bare.statistics()).toEqual({ requests: 1, hits: 0, misses: 0, denied: 0 });
    await bare.stop();
  });

  test("rejects when the port is taken", async () => {
    const again = startEdge({ port: t.edge.port, clock: () => t.now, gatewayAddress: t.origin.address });
    await expect(again).rejects.toMatchObject({ code: "EADDRINUSE" });
  });
});

describe("the door", () => {
  test("blocks countries of the geo restriction, told by the client's loopback address", async () => {
    t.origin.handler = always(200, {}, "poster");
    const russia = await ask(t.edge.port, "/posters/a.jpg", { from: "127.0.0.6" });
    expect(russia.status).toBe(403);
    expect(russia.text).toContain("is configured to block access from your country.");
    expect((await ask(t.edge.port, "/posters/a.jpg", { from: "127.0.0.2" })).status).toBe(200);
  });

  test("blocks an address over the firewall's rate until the window has passed", async () => {
    t.origin.handler = always(200, { "cache-control": "no-store" }, "{}");
    for (let i = 0; i < 10; i++) expect((await ask(t.edge.port, "/play/limited")).status).toBe(200);
    const blocked = await ask(t.edge.port, "/play/limited");
    expect([blocked.status, blocked.text.includes("Request blocked.")]).toEqual([403, true]);
    expect((await ask(t.edge.port, "/play/limited", { from: "127.0.0.2" })).status).toBe(200);
    expect((await ask(t.edge.port, "/play/free")).status).toBe(200);
    t.now += 60_000;
    expect((await ask(t.edge.port, "/play/limited")).status).toBe(200);
    expect(t.edge.statistics().denied).toBe(1);
  });

  test("refuses methods that the behaviour does not allow, and a GET with a body", async () => {
    const posted = await ask(t.edge.port, "/posters/a.jpg", { method: "POST", body: "x" });
    expect(posted.status).toBe(403);
    expect(posted.text).toContain(
      "This distribution is not configured to allow the HTTP request method that was used for this request. The distribution supports only cachable requests.",
    );
    const body = await ask(t.edge.port, "/posters/a.jpg", { body: "x", headers: { "content-length": "1" } });
    expect(body.status).toBe(403);
    expect(t.origin.requests).toEqual([]);
  });

  test("refuses addresses over 8,192 bytes with 414 and requests over 32,768 with 413", async () => {
    t.origin.handler = always(200, {}, "ok");
    expect((await ask(t.edge.port, `/posters/${"a".repeat(8_200)}`)).status).toBe(414);
    expect((await ask(t.edge.port, `/posters/${"a".repeat(8_100)}`)).status).toBe(200);
    const headers = { "x-long": "a".repeat(20_000), "x-longer": "a".repeat(13_000) };
    expect((await ask(t.edge.port, "/posters/a", { headers })).status).toBe(413);
    expect((await ask(t.edge.port, "/posters/a", { headers: { "x-long": "a".repeat(30_000) } })).status).toBe(200);
  });
});

test("the access log tells what happened, without queries", async () => {
  t.origin.handler = always(200, {}, "poster");
  await ask(t.edge.port, "/posters/a.jpg?token=secret");
  await ask(t.edge.port, "/v1/title/a.ts?Signature=secret", { from: "127.0.0.3" });
  expect(t.edge.accessLog()).toEqual([
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
