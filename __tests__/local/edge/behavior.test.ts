import { normalizePath, selectBehavior, type Behavior } from "../../../local/edge/behavior";

const patterns = ["/v1/*.m3u8", "posters/?.jpg", "/V1/*", "*"];
const behaviors = patterns.map((pattern) => ({ pattern }) as Behavior);
const chosen = (path: string) => selectBehavior(behaviors, path).pattern;

test.each([
  ["/v1/a/b/index.m3u8", "/v1/*.m3u8"],
  ["/v1/a/b/index.mpd", "*"],
  ["/posters/a.jpg", "posters/?.jpg"],
  ["/posters/ab.jpg", "*"],
  ["/V1/x", "/V1/*"],
  ["//v1/./a/../b.m3u8", "/v1/*.m3u8"],
  ["/posters/%2E%2e/v1/x.m3u8", "/v1/*.m3u8"],
  ["/%761/x.m3u8", "/v1/*.m3u8"],
  ["/v1%2Fx.m3u8", "*"],
])("%s is served by %s", (path, pattern) => {
  expect(chosen(path)).toBe(pattern);
});

test("a path cannot climb above its root, and malformed escapes stay", () => {
  expect(normalizePath("/../../a/%zz/..")).toBe("/a/");
  expect(normalizePath("/a/%e4%2f")).toBe("/a/%E4%2F");
});

test("a distribution without a default behaviour is an error", () => {
  expect(() => selectBehavior([], "/x")).toThrow("no behaviour for /x: the distribution has no default_cache_behavior");
});
