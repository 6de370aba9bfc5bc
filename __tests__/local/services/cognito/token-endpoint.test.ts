import { decodeJwt } from "jose";
import { codeOf, PAGE, redeem, tokenCall, visit, type Fields } from "./hosted";
import { call, ISSUER, start } from "./test-cognito";

const refused = (error: string, error_description: string, status = 400) => [status, { error, error_description }];
const UNKNOWN_CODE = refused("invalid_grant", "the code is unknown, used or older than five minutes");

describe("a code", () => {
  test("becomes tokens with the scopes and the nonce of the request", async () => {
    const { cognito } = start();
    const [status, tokens] = await redeem(cognito);
    expect([status, tokens.token_type, tokens.expires_in]).toEqual([200, "Bearer", 900]);
    expect(decodeJwt(String(tokens.access_token))).toMatchObject({
      iss: ISSUER,
      client_id: "player",
      token_use: "access",
      scope: "openid email",
    });
    expect(decodeJwt(String(tokens.id_token))).toMatchObject({ iss: ISSUER, aud: "player", nonce: "n1" });
    expect(tokens.refresh_token).toEqual(expect.any(String));
  });

  test("is good once", async () => {
    const { cognito } = start();
    const code = await codeOf(cognito);
    expect((await redeem(cognito, { code }))[0]).toBe(200);
    expect(await redeem(cognito, { code })).toEqual(UNKNOWN_CODE);
  });

  test("is good for five minutes", async () => {
    const { cognito, time } = start();
    const [early, late] = [await codeOf(cognito), await codeOf(cognito)];
    await time.advance(299_999);
    expect((await redeem(cognito, { code: early }))[0]).toBe(200);
    await time.advance(1);
    expect(await redeem(cognito, { code: late })).toEqual(UNKNOWN_CODE);
  });

  test.each<[string, Fields, string]>([
    ["another verifier", { code_verifier: "w".repeat(43) }, "code_verifier does not belong to the code"],
    ["no verifier", { code_verifier: undefined }, "code_verifier does not belong to the code"],
    ["a verifier that is too short", { code_verifier: "v".repeat(42) }, "code_verifier does not belong to the code"],
    [
      "another address",
      { redirect_uri: PAGE.replace("http:", "https:") },
      "redirect_uri is not the one that the code was sent to",
    ],
    ["another client", { client_id: "other" }, "the code was issued to another client"],
  ])("with %s is refused, and used up", async (_, change, message) => {
    const { cognito } = start();
    const code = await codeOf(cognito);
    expect(await redeem(cognito, { code, ...change })).toEqual(refused("invalid_grant", message));
    expect(await redeem(cognito, { code })).toEqual(UNKNOWN_CODE);
  });

  test("without the scope openid brings no id token", async () => {
    const { cognito } = start();
    const [, tokens] = await redeem(cognito, { code: await codeOf(cognito, { scope: "email" }) });
    expect([typeof tokens.access_token, tokens.id_token]).toEqual(["string", undefined]);
  });

  test("brings an access token that is not for Cognito's own API", async () => {
    const { cognito } = start();
    const [, { access_token }] = await redeem(cognito);
    expect(await call(cognito, "GetUser", { AccessToken: access_token })).toEqual({
      refused: "NotAuthorizedException: Access Token does not have required scopes",
    });
  });
});

describe("a refresh token", () => {
  const refresh = (more: Fields): Fields => ({ grant_type: "refresh_token", client_id: "player", ...more });

  test("brings new tokens of the same sign-in, without a nonce or another refresh token", async () => {
    const { cognito, time } = start();
    const [, first] = await redeem(cognito);
    await time.advance(60_000);
    const [status, next] = await tokenCall(cognito, refresh({ refresh_token: String(first.refresh_token) }));
    expect([status, next.refresh_token]).toEqual([200, undefined]);
    const [before, after] = [decodeJwt(String(first.access_token)), decodeJwt(String(next.access_token))];
    expect(after).toMatchObject({ sub: before.sub, scope: "openid email", origin_jti: before.origin_jti });
    expect(decodeJwt(String(next.id_token)).nonce).toBeUndefined();
  });

  test("is refused when it is unknown, or its client may not refresh", async () => {
    const { cognito } = start();
    expect(await tokenCall(cognito, refresh({ refresh_token: "made up" }))).toEqual(
      refused("invalid_grant", "Invalid Refresh Token"),
    );
    expect(await tokenCall(cognito, refresh({ refresh_token: "x", client_id: "other" }))).toEqual(
      refused("unauthorized_client", "the client may not refresh tokens"),
    );
  });

  test("is worthless once it is revoked, by its own client", async () => {
    const { cognito } = start();
    const token = String((await redeem(cognito))[1].refresh_token);
    const revoke = async (client_id: string) => visit(cognito, "/oauth2/revoke", { form: { client_id, token } });
    expect(JSON.parse((await revoke("other")).text)).toEqual({
      error: "unauthorized_client",
      error_description: "The refresh token was issued to another client.",
    });
    expect(await revoke("player")).toMatchObject({ status: 200, text: "" });
    expect(await tokenCall(cognito, refresh({ refresh_token: token }))).toEqual(
      refused("invalid_grant", "Refresh Token has been revoked"),
    );
  });
});

test.each<[string, Fields, string, string]>([
  [
    "another grant",
    { grant_type: "password", client_id: "player" },
    "unsupported_grant_type",
    "grant_type must be authorization_code or refresh_token",
  ],
  [
    "no client",
    { grant_type: "authorization_code" },
    "invalid_client",
    "client_id names no client of a user pool with a domain",
  ],
])("the token endpoint refuses %s", async (_, form, error, description) => {
  expect(await tokenCall(start().cognito, form)).toEqual(refused(error, description));
});

test("the token endpoint takes forms by POST alone, and its answers stand in no cache", async () => {
  const { status, text, headers } = await visit(start().cognito, "/oauth2/token");
  expect([status, JSON.parse(text), headers["cache-control"]]).toEqual([
    405,
    { error: "invalid_request", error_description: "only POST is answered here" },
    "no-store",
  ]);
});
