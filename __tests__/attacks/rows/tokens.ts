import { createHmac, createPublicKey, generateKeyPairSync, type JsonWebKey } from "node:crypto";
import { importJWK, type CryptoKey, decodeJwt, type JWTPayload, SignJWT } from "jose";
import { under } from "../attack";
import { said } from "../said";
import { bearer, type Target } from "../target";

const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");

const play = async (target: Target, token: string): Promise<string> =>
  said(await target.edge(target.paths.play, { method: "POST", headers: bearer(token) }));

/** The entitled viewer's claims, some changed, signed by the pool's own key. */
export async function tokenClaiming(target: Target, changed: JWTPayload): Promise<string> {
  const key = (await importJWK(target.poolKey, "RS256")) as CryptoKey;
  const claims = { ...decodeJwt(target.report.tokens.entitled), ...changed };
  return new SignJWT(claims).setProtectedHeader(headerOf(target)).sign(key);
}

/** What the claims say is all that is judged. */
const claiming =
  (change: (now: number) => JWTPayload) =>
  async (target: Target): Promise<string> =>
    play(target, await tokenClaiming(target, change(Math.floor(Date.now() / 1000))));

const headerOf = ({ poolKey }: Target) => ({ alg: "RS256", kid: String(poolKey.kid) });

const { privateKey: ATTACKERS } = generateKeyPairSync("rsa", { modulusLength: 2048 });

async function wrongKey(target: Target): Promise<string> {
  const claims = decodeJwt(target.report.tokens.entitled);
  return play(target, await new SignJWT(claims).setProtectedHeader(headerOf(target)).sign(ATTACKERS));
}

/** The attacker's own key in the token's header, for who would believe it. */
async function ownKey(target: Target): Promise<string> {
  const claims = decodeJwt(target.report.tokens.entitled);
  const jwk = createPublicKey(ATTACKERS).export({ format: "jwk" });
  const header = { ...headerOf(target), jwk: jwk as Record<string, string> };
  return play(target, await new SignJWT(claims).setProtectedHeader(header).sign(ATTACKERS));
}

function unsigned(target: Target): Promise<string> {
  return play(target, `${encoded({ alg: "none" })}.${encoded(decodeJwt(target.report.tokens.entitled))}.`);
}

/** The pool's public key, which everybody has, taken for the secret of a symmetric signature. */
function confused(target: Target): Promise<string> {
  const { kty, n, e } = target.poolKey;
  const pem = createPublicKey({ key: { kty, n, e } as JsonWebKey, format: "jwk" }).export({ type: "spki", format: "pem" }); // prettier-ignore
  const text = `${encoded({ ...headerOf(target), alg: "HS256" })}.${encoded(decodeJwt(target.report.tokens.entitled))}`;
  return play(target, `${text}.${createHmac("sha256", pem).update(text).digest("base64url")}`);
}

/** Another viewer's subject put into a good token; the signature stays. */
function swapped(target: Target): Promise<string> {
  const [header, , signature] = target.report.tokens.other.split(".");
  const { sub } = decodeJwt(target.report.tokens.entitled);
  return play(target, `${header}.${encoded({ ...decodeJwt(target.report.tokens.other), sub })}.${signature}`);
}

/** Numbers of somebody who is no viewer. */
const beacon = async (target: Target): Promise<string> =>
  said(await target.edge("/api/beacons", { method: "POST", body: '{"session":"0123456789abcdef"}' }));

const unauthorized = { outcome: "refused", answer: "401 Unauthorized" } as const;

// prettier-ignore
export const TOKENS = under("token authorizer", [
  { id: "no-token", sent: "the mint without a token", ...unauthorized, send: async (target) => said(await target.edge(target.paths.play, { method: "POST" })) },
  { id: "beacon-no-token", sent: "a beacon without a token", ...unauthorized, send: beacon },
  { id: "token-none", sent: "a token with `alg: none`", ...unauthorized, send: unsigned },
  { id: "token-wrong-key", sent: "a token signed by the attacker's key under the pool's key id", ...unauthorized, send: wrongKey },
  { id: "token-own-key", sent: "the same, with the attacker's key in the token's header", ...unauthorized, send: ownKey },
  { id: "token-key-confusion", sent: "a token signed by HMAC with the pool's public key", ...unauthorized, send: confused },
  { id: "token-swapped-subject", sent: "a good token with another viewer's subject put in", ...unauthorized, send: swapped },
  { id: "token-wrong-issuer", sent: "a token of another issuer", ...unauthorized, send: claiming(() => ({ iss: "https://other.example/pool" })) },
  { id: "token-expired", sent: "a token that ended a minute ago", ...unauthorized, send: claiming((now) => ({ exp: now - 60 })) },
  { id: "token-not-yet", sent: "a token that begins in five minutes", ...unauthorized, send: claiming((now) => ({ nbf: now + 300 })) },
  { id: "token-huge", sent: "a token of 12,000 characters", outcome: "refused", answer: "431 Request Header Fields Too Large", send: (target) => play(target, "x".repeat(12_000)) },
  { id: "token-in-query", sent: "a good token as a parameter", ...unauthorized, send: async (target) => said(await target.edge(`${target.paths.play}?authorization=Bearer%20${target.report.tokens.entitled}`, { method: "POST" })) },
  { id: "token-for-cookie", sent: "a good signed cookie in place of the token", ...unauthorized, send: async (target) => said(await target.edge(target.paths.play, { method: "POST", headers: { cookie: target.cookie } })) },
]);

// prettier-ignore
export const AUDIENCES = under("token audience", [
  { id: "token-other-client", sent: "a token of another client of the same pool", ...unauthorized, send: claiming(() => ({ client_id: "another-client" })) },
  { id: "token-other-audience", sent: "a token with another audience", ...unauthorized, send: claiming(() => ({ client_id: undefined, aud: "another-client" })) },
]);
