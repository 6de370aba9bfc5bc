import { under } from "../attack";
import { said } from "../said";
import { cookieOf, policyOf, queryOf, signed } from "../signing";
import type { Target } from "../target";

/** A path without any cookie. */
const bare =
  (path: (target: Target) => string) =>
  async (target: Target): Promise<string> =>
    said(await target.edge(path(target)));

/** A path under the viewer's good cookie. */
const held =
  (path: (target: Target) => string) =>
  async (target: Target): Promise<string> =>
    said(await target.edge(path(target), { headers: { cookie: target.cookie } }));

/** This title asked for through the prefix of another, under that other title's good cookie. */
const through =
  (step: string) =>
  async (target: Target): Promise<string> => {
    const { host, paths } = target;
    const cookie = cookieOf(signed(target, policyOf(target, { resource: `https://${host}/v1/another/*` })));
    return said(await target.edge(paths.manifest.replace("/v1/", `/v1/another/${step}`), { headers: { cookie } }));
  };

const missing = { outcome: "refused", answer: "403 MissingKey" } as const;
const notThere = { outcome: "refused", answer: "404 Not Found" } as const;

/** A path that is spelled as an open one and means a gated one. */
// prettier-ignore
export const ROUTES = under("trusted key group", [
  { id: "through-app", sent: "`/app/../v1/...` without a cookie", ...missing, send: bare(({ paths }) => `/app/..${paths.manifest}`) },
  { id: "through-app-encoded", sent: "`/app/%2e%2e/v1/...` without a cookie", ...missing, send: bare(({ paths }) => `/app/%2e%2e${paths.manifest}`) },
  { id: "double-slash", sent: "`//v1/...` without a cookie", ...missing, send: bare(({ paths }) => `/${paths.manifest}`) },
  { id: "upper-case", sent: "`/V1/...` without a cookie", ...missing, send: bare(({ paths }) => paths.manifest.replace("/v1", "/V1")) },
  { id: "encoded-letters", sent: "`/%761/...` without a cookie", ...missing, send: bare(({ paths }) => paths.manifest.replace("/v1", "/%761")) },
  { id: "origin-path", sent: "`/out/v1/...`, as the origin knows it, without a cookie", ...missing, send: bare(({ paths }) => `/out${paths.manifest}`) },
  { id: "absolute-form", sent: "`GET http://other.example/v1/...`, as to a proxy, without a cookie", ...missing, send: bare(({ paths }) => `http://other.example${paths.manifest}`) },
  { id: "query-names-open-path", sent: "`/v1/...?/app/index.html` without a cookie", ...missing, send: bare(({ paths }) => `${paths.manifest}?/app/index.html`) },
  { id: "query-fake-extension", sent: "`/v1/...;.jpg` without a cookie", ...missing, send: bare(({ paths }) => `${paths.manifest};.jpg`) },
  { id: "mezzanine-bare", sent: "a mezzanine's key as a path, without a cookie", ...missing, send: bare(({ report }) => `/${report.aws.uploadPrefix}attacked.mp4`) },
]);

/** What a good cookie of one title does not open beside that title. */
// prettier-ignore
export const TRAVERSAL = under("signed policy", [
  { id: "mezzanine", sent: "a mezzanine's key as a path, under a title's cookie", outcome: "refused", answer: "403 AccessDenied", send: held(({ report }) => `/${report.aws.uploadPrefix}attacked.mp4`) },
  { id: "other-prefix", sent: "a path beside the title's prefix, under its cookie", outcome: "refused", answer: "403 AccessDenied", send: held(({ paths }) => `${paths.prefix}x/index.m3u8`) },
  { id: "prefix-upper-case", sent: "the title's path in capitals, under its cookie", outcome: "refused", answer: "403 AccessDenied", send: held(({ paths }) => paths.manifest.toUpperCase()) },
]);

/** Admitted by the policy's wildcard as CloudFront reads it, and sent on as it is: no origin has such an address. */
// prettier-ignore
export const CLIMBS = under("edge's reading", [
  { id: "traversal", sent: "`../` out of another title, under that title's cookie", ...notThere, send: through("../") },
  { id: "traversal-encoded", sent: "the same with `%2e%2e/`", ...notThere, send: through("%2e%2e/") },
  { id: "traversal-encoded-slash", sent: "the same with `..%2f`", ...notThere, send: through("..%2f") },
  { id: "traversal-doubly-encoded", sent: "the same with `%252e%252e%252f`", ...notThere, send: through("%252e%252e%252f") },
  { id: "traversal-backslash", sent: "the same with `..\\`", ...notThere, send: through("..\\") },
  { id: "traversal-semicolon", sent: "the same with `..;/`", ...notThere, send: through("..;/") },
  { id: "null-byte", sent: "the title's manifest with `%00` behind it, under its cookie", ...notThere, send: held(({ paths }) => `${paths.manifest}%00`) },
]);

/** Signed URLs beside cookies, and parameters that look like them. */
// prettier-ignore
export const QUERIES = under("trusted key group", [
  { id: "bad-url-good-cookie", sent: "a signed URL with a wrong signature, together with the good cookie", outcome: "by the URL", answer: "403 AccessDenied", send: badUrl },
  { id: "foreign-url-good-cookie", sent: "`?Key-Pair-Id=` of no group, together with the good cookie", outcome: "by the URL", answer: "403 InvalidKey", send: held(({ paths }) => `${paths.manifest}?Key-Pair-Id=K0&Policy=x&Signature=y`) },
  { id: "good-url-bad-cookie", sent: "a good signed URL, together with a wrong cookie", outcome: "by the URL", answer: "200", send: goodUrl },
  { id: "cookie-as-query", sent: "the cookies' names as parameters, without a cookie", ...missing, send: (target) => bare(({ paths }) => `${paths.manifest}?${target.cookie.replaceAll("; ", "&")}`)(target) },
  { id: "expires-alone", sent: "`?Expires=` without anything else", ...missing, send: bare(({ paths }) => `${paths.manifest}?Expires=99999999999`) },
]);

// prettier-ignore
export const TOO_LONG = under("edge's reading", [
  { id: "url-too-long", sent: "9,000 characters of query, under the good cookie", outcome: "refused", answer: "414 The URL is longer than 8192 bytes", send: held(({ paths }) => `${paths.manifest}?${"x".repeat(9_000)}`) },
]);

async function badUrl(target: Target): Promise<string> {
  const query = queryOf({ ...signed(target, policyOf(target)), Signature: "AAAA" });
  return said(await target.edge(`${target.paths.manifest}?${query}`, { headers: { cookie: target.cookie } }));
}

async function goodUrl(target: Target): Promise<string> {
  const query = queryOf(signed(target, policyOf(target)));
  const headers = { cookie: target.cookie.replace(/Signature=[^;]+/, "Signature=AAAA") };
  return said(await target.edge(`${target.paths.manifest}?${query}`, { headers }));
}
