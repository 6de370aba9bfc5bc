import type { ErrorResponses } from "../../../local/edge/error-pages";
import type { CachePolicy } from "../../../local/edge/policies";
import { NOTHING } from "../../../local/edge/selection";
import { errorLifetime, successLifetime } from "../../../local/edge/ttl";
import { NOW } from "./fixture";

const policy = (minTtl: number, defaultTtl: number, maxTtl: number): CachePolicy => ({
  minTtl,
  defaultTtl,
  maxTtl,
  headers: NOTHING,
  cookies: NOTHING,
  queryStrings: NOTHING,
  gzip: false,
  brotli: false,
});
const expires = (seconds: number) => new Date(NOW + seconds * 1000).toUTCString();

test.each([
  ["no header, minimum 0: the default", {}, policy(0, 50, 100), true, 50],
  ["no header: the greater of minimum and default", {}, policy(70, 50, 100), true, 70],
  ["max-age within bounds", { "cache-control": "public, max-age=30" }, policy(0, 50, 100), true, 30],
  ["max-age over the maximum", { "cache-control": "max-age=300" }, policy(0, 50, 100), true, 100],
  ["max-age under the minimum", { "cache-control": "max-age=3" }, policy(10, 50, 100), true, 10],
  ["s-maxage before max-age", { "cache-control": "max-age=3, s-maxage=40" }, policy(0, 50, 100), true, 40],
  ["max-age before Expires", { "cache-control": "max-age=3", expires: expires(90) }, policy(0, 50, 100), true, 3],
  ["Expires", { expires: expires(20) }, policy(0, 50, 100), true, 20],
  ["Expires in the past", { expires: "0" }, policy(0, 50, 100), true, 0],
  ["no-store, minimum 0", { "cache-control": "no-store" }, policy(0, 50, 100), false, 0],
  ["private, minimum 0", { "cache-control": "private, max-age=9" }, policy(0, 50, 100), false, 0],
  ["no-cache, minimum 0: kept to be revalidated", { "cache-control": "no-cache" }, policy(0, 50, 100), true, 0],
  ["no-store against a minimum: the minimum", { "cache-control": "no-store" }, policy(10, 50, 100), true, 10],
  ["maximum 0: caching is off", { "cache-control": "max-age=9" }, policy(0, 0, 0), false, 0],
])("%s", (_, headers, cachePolicy, store, seconds) => {
  expect(successLifetime(headers, cachePolicy, NOW)).toEqual({ store, seconds });
});

const errors: ErrorResponses = new Map([
  [503, { code: 503, cachingMinTtl: 0 }],
  [404, { code: 404, cachingMinTtl: 5 }],
]);

test.each([
  ["404 for its configured time", 404, {}, policy(0, 50, 100), true, 5],
  ["502 for ten seconds by default", 502, {}, policy(0, 50, 100), true, 10],
  ["503 configured with 0: not at all", 503, {}, policy(0, 50, 100), false, 0],
  ["404 with a longer max-age", 404, { "cache-control": "max-age=60" }, policy(0, 50, 100), true, 60],
  ["404 with a max-age over the maximum", 404, { "cache-control": "max-age=600" }, policy(0, 50, 100), true, 100],
  ["404 although caching is off", 404, { "cache-control": "no-store" }, policy(0, 0, 0), true, 5],
  ["403 without an age: not at all", 403, {}, policy(0, 50, 100), false, 0],
  ["403 with an age", 403, { "cache-control": "s-maxage=20" }, policy(0, 50, 100), true, 20],
  ["401: not at all", 401, { "cache-control": "max-age=20" }, policy(0, 50, 100), false, 0],
  ["429: not at all", 429, {}, policy(0, 50, 100), false, 0],
])("an error %s", (_, status, headers, cachePolicy, store, seconds) => {
  expect(errorLifetime(status, headers, cachePolicy, errors, NOW)).toEqual({ store, seconds });
});
