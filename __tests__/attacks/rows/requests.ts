import { under } from "../attack";
import { said } from "../said";
import type { Target } from "../target";
import type { Ask } from "../../local/edge/fixture";

const manifest =
  (how: (target: Target) => Ask) =>
  async (target: Target): Promise<string> =>
    said(await target.edge(target.paths.manifest, how(target)));

const cookie = ({ cookie: value }: Target): { headers: Record<string, string> } => ({ headers: { cookie: value } });
const missing = { outcome: "refused", answer: "403 MissingKey" } as const;
const method = {
  outcome: "refused",
  answer: "403 This distribution is not configured to allow the HTTP request method that was used for this request",
} as const;

const segmentRange =
  (range: string) =>
  async (target: Target): Promise<string> =>
    said(await target.edge(target.paths.segment, { headers: { cookie: target.cookie, range } }));

// prettier-ignore
export const METHODS = under("allowed methods", [
  { id: "post-media", sent: "`POST` to a manifest, under the good cookie", ...method, send: manifest((target) => ({ ...cookie(target), method: "POST", body: "x" })) },
  { id: "put-media", sent: "`PUT` to a segment's address, under the good cookie", ...method, send: async (target) => said(await target.edge(target.paths.segment, { ...cookie(target), method: "PUT", body: "x" })) },
  { id: "delete-poster", sent: "`DELETE` of a poster", ...method, send: async (target) => said(await target.edge(`/posters/${target.report.assetId}/x/poster.jpg`, { method: "DELETE" })) },
  { id: "put-page", sent: "`PUT` of a script of the player page", ...method, send: async (target) => said(await target.edge("/app/main.js", { method: "PUT", body: "alert(1)" })) },
]);

// prettier-ignore
export const REQUESTS = under("trusted key group", [
  { id: "head-bare", sent: "`HEAD` of a manifest without a cookie", outcome: "refused", answer: "403", send: manifest(() => ({ method: "HEAD" })) },
  { id: "options-bare", sent: "`OPTIONS` of a manifest without a cookie", ...missing, send: manifest(() => ({ method: "OPTIONS" })) },
  { id: "range-bare", sent: "`Range: bytes=0-0` of a segment without a cookie", ...missing, send: async (target) => said(await target.edge(target.paths.segment, { headers: { range: "bytes=0-0" } })) },
  { id: "if-none-match-bare", sent: "`If-None-Match: *` without a cookie", ...missing, send: manifest(() => ({ headers: { "if-none-match": "*" } })) },
  { id: "bearer-for-cookie", sent: "a good bearer token in place of the cookie", ...missing, send: manifest(({ report }) => ({ headers: { authorization: `Bearer ${report.tokens.entitled}` } })) },
  { id: "spoofed-address", sent: "`X-Forwarded-For: 127.0.0.1` without a cookie", ...missing, send: manifest(() => ({ headers: { "x-forwarded-for": "127.0.0.1", "x-real-ip": "127.0.0.1" } })) },
  { id: "spoofed-host", sent: "the MediaPackage origin's `Host` without a cookie", ...missing, send: manifest((target) => ({ headers: { host: target.originHost("mediapackage") } })) },
  { id: "method-override", sent: "`X-HTTP-Method-Override: GET` without a cookie", ...missing, send: manifest(() => ({ headers: { "x-http-method-override": "GET" } })) },
]);

// prettier-ignore
export const RANGES = under("edge's reading", [
  { id: "rewritten-url", sent: "`X-Original-URL` and `X-Rewrite-URL` of a manifest, asking for the open page", outcome: "no effect", answer: "200", send: rewritten },
  { id: "many-ranges", sent: "a thousand overlapping ranges of a segment, under the good cookie", outcome: "no effect", answer: "200", send: segmentRange(`bytes=${Array(1_000).fill("0-").join(",")}`) },
  { id: "range-past-end", sent: "a range past a segment's end", outcome: "refused", answer: "416", send: segmentRange("bytes=99999999999-") },
  { id: "range-nonsense", sent: "a range that is none", outcome: "no effect", answer: "200", send: segmentRange("bytes=5-1,x") },
  { id: "get-with-body", sent: "`GET` with a body", outcome: "refused", answer: "403 Bad request", send: manifest(({ cookie: value }) => ({ headers: { cookie: value, "content-length": "1" }, body: "x" })) },
]);

/** The open page must be what comes, not what the headers name. */
async function rewritten(target: Target): Promise<string> {
  const { manifest: path } = target.paths;
  const headers = { "x-original-url": path, "x-rewrite-url": path, "x-forwarded-prefix": path };
  const [plain, tricked] = [await target.edge("/app/"), await target.edge("/app/", { headers })];
  return tricked.text === plain.text ? said(tricked) : `${said(tricked)}, another page`;
}
