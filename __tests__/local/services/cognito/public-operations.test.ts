import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from "jose";
import { call, ISSUER, refresh, signIn, start, tokensOf, VIEWER, type AuthenticationResult } from "./test-cognito";

describe("signing in", () => {
  test("gives access and id tokens with Cognito's claims, signed with the pool's key", async () => {
    const { cognito, time } = start();
    const { sub } = await cognito.ensureUser({ ...VIEWER, groups: ["editors"] });
    const tokens = await tokensOf(cognito);
    const now = Math.floor(time.clock() / 1000);
    const jwks = await cognito.jwksFor(ISSUER);
    if (!jwks) throw new Error("no keys");
    const verify = async (token: string) =>
      (await jwtVerify(token, createLocalJWKSet(jwks), { currentDate: new Date(time.clock()) })).payload;
    const text = expect.stringMatching(/^uuid-\d+$/) as string;
    const shared = {
      sub,
      "cognito:groups": ["editors"],
      iss: ISSUER,
      origin_jti: text,
      event_id: text,
      auth_time: now,
      iat: now,
      jti: text,
    };
    expect(await verify(tokens.AccessToken)).toEqual({
      ...shared,
      client_id: "player",
      token_use: "access",
      scope: "aws.cognito.signin.user.admin",
      username: sub,
      exp: now + 900,
    });
    expect(await verify(tokens.IdToken)).toEqual({
      ...shared,
      aud: "player",
      token_use: "id",
      "cognito:username": sub,
      email: VIEWER.username,
      email_verified: true,
      exp: now + 3600,
    });
    expect([tokens.ExpiresIn, tokens.TokenType]).toEqual([900, "Bearer"]);
    expect(decodeProtectedHeader(tokens.AccessToken)).toEqual({ alg: "RS256", kid: jwks.keys[0]?.kid });
  });

  test.each([
    ["a wrong password", { ...VIEWER, password: "wrong" }],
    ["an unknown name", { ...VIEWER, username: "nobody@example.com" }],
  ])("with %s is refused in the same words", async (_, credentials) => {
    const { cognito } = start();
    await cognito.ensureUser(VIEWER);
    expect(await signIn(cognito, credentials)).toEqual({
      refused: "NotAuthorizedException: Incorrect username or password.",
    });
  });

  test.each([
    ["an unknown client", { ClientId: "nobody" }, "ResourceNotFoundException: User pool client nobody does not exist."],
    [
      "a client without the flow",
      { ClientId: "strict" },
      "InvalidParameterException: USER_PASSWORD_AUTH flow not enabled for this client",
    ],
    [
      "an unknown flow",
      { AuthFlow: "USER_SRP_AUTH" },
      "InvalidParameterException: AuthFlow must be one of USER_PASSWORD_AUTH, REFRESH_TOKEN_AUTH, got USER_SRP_AUTH.",
    ],
    [
      "no password",
      { AuthParameters: { USERNAME: "x" } },
      "InvalidParameterException: PASSWORD must be a string that is not empty, got nothing.",
    ],
  ])("with %s is refused", async (_, change, message) => {
    const input = {
      AuthFlow: "USER_PASSWORD_AUTH",
      ClientId: "player",
      AuthParameters: { USERNAME: "x", PASSWORD: "y" },
      ...change,
    };
    expect(await call(start().cognito, "InitiateAuth", input)).toEqual({ refused: message });
  });
});

describe("a session", () => {
  test("is continued by its refresh token, of the same sign-in, without a new refresh token", async () => {
    const { cognito, time } = start();
    const first = await tokensOf(cognito);
    await time.advance(60_000);
    const result = (await refresh(cognito, first.RefreshToken)).AuthenticationResult as AuthenticationResult;
    const [before, after] = [decodeJwt(first.AccessToken), decodeJwt(result.AccessToken)];
    expect(after).toMatchObject({ sub: before.sub, auth_time: before.auth_time, origin_jti: before.origin_jti });
    expect(Number(after.exp) - Number(before.exp)).toBe(60);
    expect(result.RefreshToken).toBeUndefined();
  });

  test("ends with its refresh token's life", async () => {
    const { cognito, time } = start();
    const { RefreshToken } = await tokensOf(cognito);
    await time.advance(2 * 3_600_000);
    expect(await refresh(cognito, RefreshToken)).toEqual({
      refused: "NotAuthorizedException: Refresh Token has expired",
    });
  });

  test("belongs to one client", async () => {
    const { cognito } = start();
    const { RefreshToken } = await tokensOf(cognito);
    expect(await refresh(cognito, RefreshToken, "strict")).toEqual({
      refused: "InvalidParameterException: REFRESH_TOKEN_AUTH flow not enabled for this client",
    });
    expect(await refresh(cognito, "made up")).toEqual({ refused: "NotAuthorizedException: Invalid Refresh Token" });
  });

  test("ends when it is revoked, its access tokens with it", async () => {
    const { cognito } = start();
    const { AccessToken, RefreshToken } = await tokensOf(cognito);
    expect(await call(cognito, "RevokeToken", { ClientId: "strict", Token: RefreshToken })).toEqual({
      refused: "UnauthorizedException: The refresh token was issued to another client.",
    });
    expect(await call(cognito, "GetUser", { AccessToken })).toMatchObject({
      UserAttributes: expect.any(Array) as unknown,
    });
    expect(await call(cognito, "RevokeToken", { ClientId: "player", Token: RefreshToken })).toEqual({});
    expect(await call(cognito, "GetUser", { AccessToken })).toEqual({
      refused: "NotAuthorizedException: Access Token has been revoked",
    });
    expect(await refresh(cognito, RefreshToken)).toEqual({
      refused: "NotAuthorizedException: Refresh Token has been revoked",
    });
    expect(await call(cognito, "RevokeToken", { ClientId: "player", Token: "made up" })).toEqual({});
  });
});

describe("GetUser", () => {
  test("tells who an access token is for", async () => {
    const { cognito } = start();
    const { AccessToken } = await tokensOf(cognito);
    const { sub } = await cognito.ensureUser(VIEWER);
    expect(await call(cognito, "GetUser", { AccessToken })).toEqual({
      Username: sub,
      UserAttributes: [
        { Name: "sub", Value: sub },
        { Name: "email", Value: VIEWER.username },
      ],
    });
  });

  test("refuses id tokens, expired tokens and others", async () => {
    const { cognito, time } = start();
    const { AccessToken, IdToken } = await tokensOf(cognito);
    const refused = (message: string) => ({ refused: `NotAuthorizedException: ${message}` });
    expect(await call(cognito, "GetUser", { AccessToken: IdToken })).toEqual(refused("Invalid Access Token"));
    expect(await call(cognito, "GetUser", { AccessToken: "garbage" })).toEqual(refused("Invalid Access Token"));
    const [header, claims] = AccessToken.split(".");
    expect(await call(cognito, "GetUser", { AccessToken: `${header}.${claims}.AAAA` })).toEqual(
      refused("Invalid Access Token"),
    );
    await time.advance(900_000);
    expect(await call(cognito, "GetUser", { AccessToken })).toEqual(refused("Access Token has expired"));
  });
});
