import { generateKeyPairSync } from "node:crypto";
import { SignJWT, type JSONWebKeySet, type JWTPayload } from "jose";
import { judgeToken, type Verdict } from "../../../../local/services/api-gateway/jwt-authorizer";

const NOW = Date.UTC(2026, 0, 2);
const SECONDS = NOW / 1000;
const ISSUER = "https://127.0.0.1:4566/eu-west-1_pool";
const config = { issuer: ISSUER, audience: ["player", "editor"], identitySource: "$request.header.Authorization" };
const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const other = generateKeyPairSync("rsa", { modulusLength: 2048 });
const jwks = {
  keys: [{ ...publicKey.export({ format: "jwk" }), kid: "one", alg: "RS256", use: "sig" }],
} as JSONWebKeySet;
const GOOD = { iss: ISSUER, client_id: "player", exp: SECONDS + 60, iat: SECONDS - 60, sub: "viewer" };

const sign = (claims: JWTPayload, key = privateKey, kid = "one"): Promise<string> =>
  new SignJWT(claims).setProtectedHeader({ alg: "RS256", kid }).sign(key);

async function judge(value: string | undefined, scopes: readonly string[] = []): Promise<Verdict> {
  const jwksFor = async (issuer: string) => (issuer === ISSUER ? jwks : undefined);
  return judgeToken({ config, scopes, value }, jwksFor, () => NOW);
}

const refused = (description: string): Verdict => ({
  ok: false,
  status: 401,
  challenge: `Bearer scope="" error="invalid_token" error_description="${description}"`,
});

test("a good token gives its claims as text, with or without Bearer", async () => {
  const token = await sign({ ...GOOD, "cognito:groups": ["editors", "staff"], email_verified: true });
  const claims = {
    iss: ISSUER,
    client_id: "player",
    exp: String(SECONDS + 60),
    iat: String(SECONDS - 60),
    sub: "viewer",
    "cognito:groups": "[editors staff]",
    email_verified: "true",
  };
  const verdict = { ok: true, identity: { claims, scopes: null } };
  expect(await judge(token)).toEqual(verdict);
  expect(await judge(`Bearer ${token}`)).toEqual(verdict);
});

test("without a token the challenge says no more than how to come", async () => {
  expect(await judge(undefined)).toEqual({ ok: false, status: 401, challenge: "Bearer" });
});

test.each<[string, JWTPayload, string]>([
  ["expired", { exp: SECONDS }, "the token has expired"],
  ["without an end", { exp: undefined }, "invalid claim: exp"],
  ["not yet valid", { nbf: SECONDS + 1 }, "invalid claim: nbf"],
  ["issued in the future", { iat: SECONDS + 1 }, "the token was issued in the future"],
  ["of another issuer", { iss: `${ISSUER}x` }, "invalid claim: iss"],
  ["of another client", { client_id: "other" }, "the token does not have a valid audience"],
  ["of another audience, which counts before the client", { aud: "other" }, "the token does not have a valid audience"],
  ["for nobody", { client_id: undefined }, "the token does not have a valid audience"],
])("a token %s is refused", async (_, claims, description) => {
  expect(await judge(await sign({ ...GOOD, ...claims }))).toEqual(refused(description));
});

test("one audience of several is enough", async () => {
  expect(await judge(await sign({ ...GOOD, client_id: "other", aud: ["x", "editor"] }))).toMatchObject({ ok: true });
});

test.each([
  ["text", async () => "garbage", "token contains an invalid number of segments"],
  ["three words", async () => "a.b.c", "the token is malformed"],
  ["a signature of another key", () => sign(GOOD, other.privateKey), "the signature is invalid"],
  ["an unknown key id", () => sign(GOOD, privateKey, "two"), "no key of the issuer matches the token"],
  ["no signature", async () => `${Buffer.from('{"alg":"none"}').toString("base64url")}.e30.`, "the token is malformed"],
])("%s is refused", async (_, make, description) => {
  expect(await judge(await make())).toEqual(refused(description));
});

test("a token signed with the public key as a shared secret is refused", async () => {
  const secret = new TextEncoder().encode(publicKey.export({ format: "pem", type: "spki" }).toString());
  const token = await new SignJWT(GOOD).setProtectedHeader({ alg: "HS256", kid: "one" }).sign(secret);
  expect(await judge(token)).toEqual(refused("the token is malformed"));
});

test("only RSA signatures are taken, whatever else is among the issuer's keys", async () => {
  const curve = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const keys = { keys: [{ ...curve.publicKey.export({ format: "jwk" }), kid: "ec", alg: "ES256" }] } as JSONWebKeySet;
  const token = await new SignJWT(GOOD).setProtectedHeader({ alg: "ES256", kid: "ec" }).sign(curve.privateKey);
  const verdict = await judgeToken(
    { config, scopes: [], value: token },
    async () => keys,
    () => NOW,
  );
  expect(verdict).toEqual(refused("the token is malformed"));
});

test("an issuer whose keys are unknown lets nobody in", async () => {
  const verdict = await judgeToken(
    { config, scopes: [], value: await sign(GOOD) },
    async () => undefined,
    () => NOW,
  );
  expect(verdict).toEqual(refused("unable to fetch the issuer's keys"));
});

describe("a route with scopes", () => {
  test.each<[string, JWTPayload]>([
    ["scope", { scope: "openid titles:read" }],
    ["scp", { scp: ["openid", "titles:read"] }],
  ])("takes a token that has one of them in %s", async (_, claims) => {
    const verdict = await judge(await sign({ ...GOOD, ...claims }), ["titles:write", "titles:read"]);
    expect(verdict).toMatchObject({ ok: true, identity: { scopes: ["openid", "titles:read"] } });
  });

  test("forbids one that has none", async () => {
    expect(await judge(await sign({ ...GOOD, scope: "openid" }), ["titles:write"])).toEqual({
      ok: false,
      status: 403,
      challenge:
        'Bearer scope="titles:write" error="insufficient_scope" error_description="the token does not have a valid scope"',
    });
  });
});
