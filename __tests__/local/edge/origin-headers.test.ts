import type { Behavior } from "../../../local/edge/behavior";
import { answer, dropsSetCookie } from "../../../local/edge/answer";
import { acceptEncoding } from "../../../local/edge/accept-encoding";
import { cacheKey } from "../../../local/edge/cache-key";
import { originHeaders } from "../../../local/edge/origin-headers";
import type { CachePolicy, OriginRequestPolicy } from "../../../local/edge/policies";
import { NOTHING, readSelection, type Selection } from "../../../local/edge/selection";
import { NOW, viewerRequest } from "./fixture";

const listed = (...names: string[]): Selection => ({ kind: "listed", names });
const ALL: Selection = { kind: "all", names: [] };

function behavior(cache: Partial<CachePolicy> = {}, originRequest: Partial<OriginRequestPolicy> = {}): Behavior {
  return {
    pattern: "*",
    origin: {
      id: "o",
      domainName: "origin.example",
      path: "",
      customHeaders: {},
      connectionAttempts: 1,
      readTimeout: 1000,
    },
    allowedMethods: ["GET"],
    cachedMethods: ["GET"],
    compress: true,
    cachePolicy: {
      minTtl: 0,
      defaultTtl: 1,
      maxTtl: 1,
      headers: NOTHING,
      cookies: NOTHING,
      queryStrings: NOTHING,
      gzip: true,
      brotli: false,
      ...cache,
    },
    originRequestPolicy: { headers: NOTHING, cookies: NOTHING, queryStrings: NOTHING, ...originRequest },
  };
}

const headers = {
  host: "edge.example",
  authorization: "Bearer t",
  "user-agent": "curl",
  "x-a": "1",
  "accept-encoding": "gzip;q=1.0, br",
  cookie: "CloudFront-Policy=p; a=1; b=2",
  connection: "close",
  "x-forwarded-proto": "http",
  "x-edge-location": "forged",
};
const sent = (one: Behavior) => originHeaders(viewerRequest({ headers }), one);

test("Authorization goes on when it is in the cache key or with all headers, not when it is listed alone", () => {
  expect(sent(behavior({ headers: listed("Authorization") })).authorization).toBe("Bearer t");
  expect(sent(behavior({}, { headers: ALL })).authorization).toBe("Bearer t");
  expect(sent(behavior({}, { headers: listed("Authorization") })).authorization).toBeUndefined();
});

test("all headers means the viewer's host and agent too, but nothing that belongs to the connection", () => {
  const all = sent(behavior({}, { headers: ALL }));
  expect(all).toMatchObject({ host: "edge.example", "user-agent": "curl", "x-a": "1", "accept-encoding": "gzip" });
  for (const name of ["connection", "x-forwarded-proto", "x-edge-location", "cookie"])
    expect(all[name]).toBeUndefined();
  const except = sent(behavior({}, { headers: { kind: "allExcept", names: ["Host"] } }));
  expect([except.host, except["x-a"]]).toEqual(["origin.example", "1"]);
});

test("the origin's custom headers win over a viewer's", () => {
  const open = behavior({}, { headers: ALL });
  const locked = { ...open, origin: { ...open.origin, customHeaders: { "x-a": "secret" } } };
  expect(sent(locked)["x-a"]).toBe("secret");
});

test("cookies go on by name; signing cookies are cookies like others", () => {
  expect(sent(behavior()).cookie).toBeUndefined();
  expect(sent(behavior({ cookies: listed("a") }, { cookies: listed("b") })).cookie).toBe("a=1; b=2");
  expect(sent(behavior({}, { cookies: { kind: "allExcept", names: ["a"] } })).cookie).toBe("CloudFront-Policy=p; b=2");
});

test("encodings are normalised to what the policy enables", () => {
  const both = { ...behavior().cachePolicy, brotli: true };
  expect(acceptEncoding("deflate, gzip, br;q=0.1", both)).toBe("br,gzip");
  expect(acceptEncoding("gzip;q=0, br", both)).toBe("br");
  expect(acceptEncoding(undefined, both)).toBeUndefined();
  expect(sent(behavior({ gzip: false, brotli: false }))["accept-encoding"]).toBeUndefined();
  const plain = viewerRequest({ headers: { "accept-encoding": "deflate" } });
  expect(originHeaders(plain, behavior())["accept-encoding"]).toBe("identity");
});

test("the edge's own headers are written for those that list them, whatever the viewer sent", () => {
  const request = viewerRequest({ headers: { "cloudfront-viewer-country": "XX" } });
  expect(originHeaders(request, behavior())["cloudfront-viewer-country"]).toBeUndefined();
  const country = behavior({}, { headers: listed("CloudFront-Viewer-Country") });
  expect(originHeaders(request, country)["cloudfront-viewer-country"]).toBe("NL");
  const keyed = behavior({ headers: listed("CloudFront-Viewer-Country") });
  expect(cacheKey(request, keyed)).not.toBe(cacheKey({ ...request, country: "US" }, keyed));
});

test("the cache key holds what the cache policy lists and nothing else", () => {
  const one = behavior({ headers: listed("X-A"), cookies: listed("a"), queryStrings: listed("q") });
  const key = (path: string, query: string, more: Record<string, string>) =>
    cacheKey(viewerRequest({ path, query, headers: more }), one);
  const base = key("/x", "q=1", { "x-a": "1", cookie: "a=1" });
  expect(key("/x", "r=2&q=1", { "x-a": "1", cookie: "b=5; a=1", "x-b": "9" })).toBe(base);
  expect(key("/X", "q=1", { "x-a": "1", cookie: "a=1" })).not.toBe(base);
  expect(key("/x", "q=2", { "x-a": "1", cookie: "a=1" })).not.toBe(base);
  expect(key("/x", "q=1", { "x-a": "2", cookie: "a=1" })).not.toBe(base);
  expect(key("/x", "q=1", { "x-a": "1", cookie: "a=2" })).not.toBe(base);
  expect(key("/x", "q=1", { "x-a": "1", cookie: "a=1", "accept-encoding": "gzip" })).not.toBe(base);
});

test("Set-Cookie and foreign Vary names stop at the edge unless they were forwarded", () => {
  const loaded = {
    status: 200,
    headers: { "set-cookie": ["a=1"], vary: "Origin, Accept-Encoding, X-A", via: "1.1 theirs" },
    body: Buffer.from("x"),
    result: "Miss" as const,
  };
  expect(answer(loaded, viewerRequest(), behavior(), NOW).headers).toEqual({ vary: "Accept-Encoding" });
  const open = behavior({ headers: listed("X-A") }, { cookies: ALL });
  expect(answer(loaded, viewerRequest(), open, NOW).headers).toEqual({
    "set-cookie": ["a=1"],
    vary: "Accept-Encoding, X-A",
  });
  expect([dropsSetCookie(behavior()), dropsSetCookie(open)]).toEqual([true, false]);
});

test("a behaviour that a policy does not know is named", () => {
  const values = { headers_config: { header_behavior: "some" } };
  expect(() => readSelection(values, "header")).toThrow(
    'headers_config.header_behavior: got "some", allowed: none, all, allViewer, allViewerAndWhitelistCloudFront, whitelist, allExcept',
  );
});
