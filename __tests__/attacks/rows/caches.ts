import { under } from "../attack";
import { said } from "../said";
import { bearer, type Target } from "../target";
import type { Answer } from "../../local/edge/fixture";

const POISON = { "x-forwarded-host": "evil.example", "x-forwarded-scheme": "http", "x-host": "evil.example" };

/** Asks with the poison first, then cleanly: both must be the same file. */
const poisoned =
  (path: (target: Target) => string, query: string, headers: Record<string, string> = {}) =>
  async (target: Target): Promise<string> => {
    const held = { cookie: target.cookie };
    const tricked = await target.edge(path(target) + query, { headers: { ...held, ...headers } });
    const clean = await target.edge(path(target), { headers: held });
    return tricked.text === clean.text ? said(tricked) : `${said(tricked)}, then ${said(clean)} of another body`;
  };

const same = { outcome: "no effect", answer: "200" } as const;

// prettier-ignore
export const CACHES = under("cache policies", [
  { id: "query-on-child", sent: "an invented query on a playlist under the manifest", ...same, send: poisoned(({ paths }) => paths.child, "?<script>") },
  { id: "query-on-segment", sent: "an invented query on a segment", ...same, send: poisoned(({ paths }) => paths.segment, "?cb=1") },
  { id: "filter-on-manifest", sent: "MediaPackage's own `aws.manifestfilter` on the manifest", ...same, send: poisoned(({ paths }) => paths.manifest, "?aws.manifestfilter=video_height:1-2") },
  { id: "poisoned-headers", sent: "`X-Forwarded-Host` and its like on a manifest", ...same, send: poisoned(({ paths }) => paths.manifest, "", POISON) },
  {
    id: "poisoned-page",
    sent: "the same on the player page",
    ...same,
    send: poisoned(() => "/app/", "?utm=1", POISON),
  },
  { id: "refused-then-good", sent: "a segment without the cookie, then with it", ...same, send: async (target) => { await target.edge(target.paths.segment); return held(target); } },
]);

// prettier-ignore
export const CACHED_AND_BARE = under("trusted key group", [
  { id: "good-then-bare", sent: "a cached manifest, without the cookie", outcome: "refused", answer: "403 MissingKey", send: async (target) => { await held(target); return said(await target.edge(target.paths.segment)); } },
]);

// prettier-ignore
export const VIEWERS_ANSWERS = under("API cache policy", [
  { id: "list-twice", sent: "the list of titles twice, hoping that the first answer was kept", outcome: "no effect", answer: "200, asked for anew", send: twice },
  { id: "list-of-another", sent: "the list of titles without a token, after a viewer got theirs", outcome: "refused", answer: "401 Unauthorized", send: afterViewer({}) },
  { id: "token-of-another", sent: "the same with a token that is made up", outcome: "refused", answer: "401 Unauthorized", send: afterViewer(bearer("a.b.c")) },
]);

// prettier-ignore
export const CORS = under("response headers", [
  { id: "foreign-origin", sent: "a manifest from a page of another site, with the cookie", outcome: "no effect", answer: "200, not for that page", send: foreignOrigin },
  { id: "foreign-preflight", sent: "a preflight of the mint from a page of another site", outcome: "refused", answer: "404 Not Found, not for that page", send: foreignPreflight },
]);

const held = async ({ edge, paths, cookie }: Target): Promise<string> =>
  said(await edge(paths.segment, { headers: { cookie } }));

const list = (target: Target, headers: Record<string, string>): Promise<Answer> =>
  target.edge("/api/titles", { headers });

async function twice(target: Target): Promise<string> {
  const headers = bearer(target.report.tokens.entitled);
  const [, second] = [await list(target, headers), await list(target, headers)];
  return `${said(second)}, ${second.headers["x-cache"] === "Hit from cloudfront" ? "from the cache" : "asked for anew"}`;
}

function afterViewer(headers: Record<string, string>) {
  return async (target: Target): Promise<string> => {
    await list(target, bearer(target.report.tokens.entitled));
    return said(await list(target, headers));
  };
}

const forPage = (answer: Answer): string =>
  `${said(answer)}, ${answer.headers["access-control-allow-origin"] === undefined ? "not " : ""}for that page`;

async function foreignOrigin({ edge, paths, cookie }: Target): Promise<string> {
  return forPage(await edge(paths.manifest, { headers: { cookie, origin: "https://evil.example" } }));
}

async function foreignPreflight({ edge, paths }: Target): Promise<string> {
  const headers = { origin: "https://evil.example", "access-control-request-method": "POST" };
  return forPage(await edge(paths.play, { method: "OPTIONS", headers }));
}
