import { decodeJwt } from "jose";
import { type Attack, under } from "../attack";
import { said } from "../said";
import { partsOf } from "../signing";
import { bearer, cookieHeader, type Target } from "../target";
import type { Answer, Ask } from "../../local/edge/fixture";
import { editing, lifeOf, whileWithdrawn, type Who } from "./title-changes";

const asking = (target: Target, who: Who, path: string, how: Ask = {}): Promise<Answer> =>
  target.edge(path, { ...how, headers: { ...bearer(target.report.tokens[who]), ...how.headers } });

const minting = (target: Target, who: Who = "entitled", how: Ask = {}): Promise<Answer> =>
  asking(target, who, target.paths.play, { method: "POST", ...how });

const subscription = { outcome: "refused", answer: "403 SUBSCRIPTION_REQUIRED" } as const;
const invalid = { outcome: "refused", answer: "400 ASSET_ID_INVALID" } as const;

/** The entitled viewer's subject, wherever a careless service would look for it. */
const naming = (place: (sub: string) => Ask & { query?: string }) => async (target: Target) => {
  const { query = "", ...how } = place(String(decodeJwt(target.report.tokens.entitled).sub));
  return said(await asking(target, "other", target.paths.play + query, { method: "POST", ...how }));
};

/** Published again, should the withdrawal have worked. */
async function withdrawing(target: Target): Promise<string> {
  try {
    return said(await editing(target, "entitled", "withdraw"));
  } finally {
    await editing(target, "editor", "publish");
  }
}

const titled = (id: string) => async (target: Target) =>
  said(await asking(target, "entitled", `/play/${id}`, { method: "POST" }));

const bodied = (body: string) => async (target: Target) => said(await minting(target, "entitled", { body }));

// prettier-ignore
export const VIEWERS = under("entitlement", [
  { id: "no-subscription", sent: "the mint by a viewer without a subscription", ...subscription, send: async (target) => said(await minting(target, "other")) },
  { id: "names-other-in-body", sent: "the same, naming the entitled viewer in the body", ...subscription, send: naming((sub) => ({ body: JSON.stringify({ viewerId: sub, sub }) })) },
  { id: "names-other-in-query", sent: "the same, naming them in the query", ...subscription, send: naming((sub) => ({ query: `?viewerId=${sub}&sub=${sub}` })) },
  { id: "names-other-in-header", sent: "the same, naming them in headers", ...subscription, send: naming((sub) => ({ headers: { "x-viewer-id": sub, "x-amzn-oidc-identity": sub } })) },
  { id: "others-session", sent: "the same, for a session of the entitled viewer", ...subscription, send: naming(() => ({ body: JSON.stringify({ session: "session-0123456789-a" }) })) },
  { id: "withdrawn-mint", sent: "the mint for a title that was withdrawn", outcome: "refused", answer: "403 TITLE_WITHDRAWN", send: (target) => whileWithdrawn(target, () => minting(target)) },
  { id: "id-unknown", sent: "a well-formed id that is no title's", outcome: "refused", answer: "404 TITLE_NOT_FOUND", send: titled("nothing-0123456789ab") },
  { id: "spoofed-country", sent: "the mint from a country that is not allowed, with another in `CloudFront-Viewer-Country`", outcome: "refused", answer: "403 COUNTRY_NOT_ALLOWED", send: elsewhere },
]);

// prettier-ignore
export const EDITORS_ONLY = under("roles", [
  { id: "viewer-withdraws", sent: "an editor's action by a viewer", outcome: "refused", answer: "403 EDITOR_REQUIRED", send: withdrawing },
]);

// prettier-ignore
export const LONG_ID = under("edge's reading", [
  { id: "id-long", sent: "an id of 10,000 characters", outcome: "refused", answer: "414 The URL is longer than 8192 bytes", send: titled("a".repeat(10_000)) },
]);

// prettier-ignore
export const CHECKS = under("checks of what is sent", [
  {
    id: "id-traversal",
    sent: "`/play/..%2f..%2fapi`",
    outcome: "refused",
    answer: "404 Not Found",
    send: titled("..%2f..%2fapi"),
  },
  { id: "id-unicode", sent: "an id of other scripts and right-to-left marks", ...invalid, send: titled(encodeURIComponent("фильм-\u202e\u{1f600}")) },
  {
    id: "id-control",
    sent: "an id with a line break and a null byte",
    ...invalid,
    send: titled("a%0d%0aSet-Cookie:x%00"),
  },
  { id: "id-prototype", sent: "the id `__proto__`", ...invalid, send: titled("__proto__") },
  { id: "id-fitting-long", sent: "an id of 5,000 characters", ...invalid, send: titled("a".repeat(5_000)) },
  {
    id: "body-not-json",
    sent: "a body that is no JSON",
    outcome: "refused",
    answer: "400 BODY_INVALID",
    send: bodied("{"),
  },
  { id: "body-prototype", sent: 'a body with `"__proto__"`', outcome: "no effect", answer: "200", send: bodied('{"__proto__":{"viewerId":"x"}}') },
  { id: "body-deep", sent: "a body of arrays, 5,000 deep", outcome: "refused", answer: "400 BODY_INVALID", send: bodied("[".repeat(5_000) + "]".repeat(5_000)) },
  { id: "session-injection", sent: "a session id with an expression of DynamoDB", outcome: "refused", answer: "400 SESSION_INVALID", send: bodied('{"session":"#a = :b OR attribute_exists(c)"}') },
]);

// prettier-ignore
export const COOKIE_LIFE: Attack[] = under("cookie life", [
  { id: "longest-life", sent: "nothing wrong: how long a cookie that was just minted is good", outcome: "bounded", answer: "200 for 300 s at most", send: async (target) => lifeOf(await minting(target), cookiePolicy, 300) },
  { id: "replay-after-refresh", sent: "the old cookie, after it was refreshed", outcome: "bounded", answer: "200", send: replayed },
  { id: "withdrawn-cookie", sent: "a good cookie of a title that was withdrawn since", outcome: "bounded", answer: "200", send: (target) => whileWithdrawn(target, () => target.edge(target.paths.manifest, { headers: { cookie: target.cookie } })) },
]);

async function elsewhere(target: Target): Promise<string> {
  try {
    await editing(target, "editor", "licence", { allowedCountries: ["US"] });
    const headers = { "cloudfront-viewer-country": "US", "x-forwarded-for": "127.0.0.2" };
    return said(await minting(target, "entitled", { headers }));
  } finally {
    await editing(target, "editor", "licence", {});
  }
}

const cookiePolicy = (answer: Answer): string => partsOf(cookieHeader(answer)).Policy ?? "";

async function replayed(target: Target): Promise<string> {
  const first = cookieHeader(await minting(target));
  await minting(target);
  return said(await target.edge(target.paths.manifest, { headers: { cookie: first } }));
}
