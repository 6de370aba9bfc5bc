import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from "jose";
import { ANONYMOUS, AwsError } from "../../../../local/kernel/aws-service";
import { createCognito, type Cognito } from "../../../../local/services/cognito/cognito";
import {
  awsRequest,
  callJson,
  counter,
  deploymentOf,
  manualTime,
  OPERATOR,
  recordingAuthorize,
  temporaryDirectory,
} from "../test-kit";

const directory = temporaryDirectory();
const POOL = "eu-west-1_Viewers01";
const ISSUER = `https://127.0.0.1:4566/${POOL}`;
const POOL_ARN = `arn:aws:cognito-idp:eu-west-1:000000000000:userpool/${POOL}`;
const VIEWER = { username: "viewer@example.com", password: "correct horse" };

const RESOURCES = {
  "aws_cognito_user_pool.viewers": { id: POOL, endpoint: `127.0.0.1:4566/${POOL}`, username_attributes: ["email"] },
  "aws_cognito_user_group.editors": { user_pool_id: POOL, name: "editors" },
  "aws_cognito_user_pool_client.player": {
    id: "player",
    user_pool_id: POOL,
    explicit_auth_flows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH"],
    access_token_validity: 15,
    refresh_token_validity: 2,
    token_validity_units: [{ access_token: "minutes", refresh_token: "hours" }],
  },
  "aws_cognito_user_pool_client.strict": { id: "strict", user_pool_id: POOL, explicit_auth_flows: [] },
};

/** All share one directory, hence one key and one set of users, as after a restart. */
function start() {
  const time = manualTime();
  const { authorize, calls } = recordingAuthorize();
  const cognito = createCognito({
    deployment: deploymentOf(RESOURCES),
    directory,
    authorize,
    clock: time.clock,
    ids: unique,
  });
  return { cognito, time, calls };
}

const unique = counter("uuid");

const call = (cognito: Cognito, operation: string, input: object, principal = ANONYMOUS) =>
  callJson(cognito, `AWSCognitoIdentityProviderService.${operation}`, input, principal);

const admin = (cognito: Cognito, operation: string, input: object) =>
  call(cognito, operation, { UserPoolId: POOL, ...input }, OPERATOR);

interface AuthenticationResult {
  readonly AccessToken: string;
  readonly IdToken: string;
  readonly RefreshToken?: string;
  readonly ExpiresIn: number;
  readonly TokenType: string;
}

async function signIn(cognito: Cognito, { username, password }: { username: string; password: string } = VIEWER) {
  const parameters = { USERNAME: username, PASSWORD: password };
  return call(cognito, "InitiateAuth", {
    AuthFlow: "USER_PASSWORD_AUTH",
    ClientId: "player",
    AuthParameters: parameters,
  });
}

async function tokensOf(cognito: Cognito): Promise<AuthenticationResult> {
  await cognito.ensureUser(VIEWER);
  return (await signIn(cognito)).AuthenticationResult as AuthenticationResult;
}

const refresh = (cognito: Cognito, token: string | undefined, client = "player") =>
  call(cognito, "InitiateAuth", {
    AuthFlow: "REFRESH_TOKEN_AUTH",
    ClientId: client,
    AuthParameters: { REFRESH_TOKEN: token },
  });

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

describe("administration", () => {
  test("creates a user whose temporary password signs nobody in, until there is a permanent one", async () => {
    const { cognito, calls } = start();
    const Username = "new@example.com";
    const created = await admin(cognito, "AdminCreateUser", { Username, TemporaryPassword: "temporary1" });
    expect(created).toMatchObject({ User: { Enabled: true, UserStatus: "FORCE_CHANGE_PASSWORD" } });
    expect(await signIn(cognito, { username: Username, password: "temporary1" })).toMatchObject({
      ChallengeName: "NEW_PASSWORD_REQUIRED",
    });
    expect(await admin(cognito, "AdminSetUserPassword", { Username, Password: "permanent1", Permanent: true })).toEqual(
      {},
    );
    expect(await signIn(cognito, { username: Username, password: "temporary1" })).toHaveProperty("refused");
    expect(await signIn(cognito, { username: Username, password: "permanent1" })).toHaveProperty(
      "AuthenticationResult.AccessToken",
    );
    expect(await admin(cognito, "AdminAddUserToGroup", { Username, GroupName: "editors" })).toEqual({});
    const parameters = { USERNAME: Username, PASSWORD: "permanent1" };
    const input = { AuthFlow: "ADMIN_USER_PASSWORD_AUTH", ClientId: "player", AuthParameters: parameters };
    const { AccessToken } = (await admin(cognito, "AdminInitiateAuth", input))
      .AuthenticationResult as AuthenticationResult;
    expect(decodeJwt(AccessToken)["cognito:groups"]).toEqual(["editors"]);
    expect(calls).toEqual(
      ["AdminCreateUser", "AdminSetUserPassword", "AdminAddUserToGroup", "AdminInitiateAuth"].map(
        (operation) => `${OPERATOR.arn} cognito-idp:${operation} ${POOL_ARN}`,
      ),
    );
  });

  test("lists users page by page, and tells of one", async () => {
    const { cognito, time } = start();
    await cognito.ensureUser(VIEWER);
    await cognito.ensureUser({ ...VIEWER, username: "second@example.com" });
    const first = await admin(cognito, "ListUsers", { Limit: 1 });
    expect(first.Users).toHaveLength(1);
    const rest = await admin(cognito, "ListUsers", { PaginationToken: first.PaginationToken });
    expect(rest.PaginationToken).toBeUndefined();
    const emails = [first, rest].flatMap(({ Users }) =>
      (Users as { Attributes: { Value: string }[] }[]).map((user) => user.Attributes[1]?.Value),
    );
    expect(emails).toEqual(expect.arrayContaining([VIEWER.username, "second@example.com"]));
    expect(await admin(cognito, "AdminGetUser", { Username: "second@example.com" })).toMatchObject({
      UserStatus: "CONFIRMED",
      UserCreateDate: time.clock() / 1000,
      UserAttributes: [{ Name: "sub" }, { Name: "email", Value: "second@example.com" }],
    });
  });

  test.each([
    ["AdminGetUser", { Username: "nobody" }, "UserNotFoundException: User does not exist."],
    ["AdminCreateUser", { Username: VIEWER.username }, "UsernameExistsException: User account already exists"],
    [
      "AdminSetUserPassword",
      { Username: VIEWER.username, Password: "short" },
      "InvalidPasswordException: Password did not conform with policy: Password not long enough",
    ],
    [
      "AdminAddUserToGroup",
      { Username: VIEWER.username, GroupName: "nobody" },
      "ResourceNotFoundException: Group not found.",
    ],
    ["ListUsers", { UserPoolId: "other" }, "ResourceNotFoundException: User pool other does not exist."],
    [
      "DeleteUserPool",
      {},
      "UnknownOperationException: Cognito answers InitiateAuth, GetUser, RevokeToken, AdminCreateUser, AdminSetUserPassword, AdminInitiateAuth, AdminGetUser, AdminAddUserToGroup, ListUsers here, got DeleteUserPool.",
    ],
  ])("%s %j is refused", async (operation, input, refused) => {
    const { cognito } = start();
    await cognito.ensureUser(VIEWER);
    expect(await admin(cognito, operation, input)).toEqual({ refused });
  });

  test("is not for those who did not sign", async () => {
    expect(await call(start().cognito, "ListUsers", { UserPoolId: POOL })).toEqual({
      refused: "MissingAuthenticationTokenException: Missing Authentication Token",
    });
  });
});

describe("the open documents", () => {
  const get = (path: string) => start().cognito.handle(awsRequest({ method: "GET", path, principal: ANONYMOUS }));

  test("hold the public key and nothing private", async () => {
    const response = await get(`/${POOL}/.well-known/jwks.json`);
    const { keys } = JSON.parse(String(response.body)) as { keys: Record<string, unknown>[] };
    expect(keys.map((key) => Object.keys(key).sort())).toEqual([["alg", "e", "kid", "kty", "n", "use"]]);
    expect(keys).toEqual((await start().cognito.jwksFor(ISSUER))?.keys);
  });

  test("name the issuer", async () => {
    const response = await get(`/${POOL}/.well-known/openid-configuration`);
    expect(JSON.parse(String(response.body))).toMatchObject({
      issuer: ISSUER,
      jwks_uri: `${ISSUER}/.well-known/jwks.json`,
    });
  });

  test("are no others", async () => {
    await expect(get(`/${POOL}/.well-known/secrets`)).rejects.toThrow(
      new AwsError("ResourceNotFoundException", `There is no /${POOL}/.well-known/secrets.`, 404),
    );
  });
});

describe("in process", () => {
  test("a sample user keeps its subject over restarts and password changes", async () => {
    const before = await start().cognito.ensureUser(VIEWER);
    const { cognito } = start();
    const after = await cognito.ensureUser({ ...VIEWER, password: "another one" });
    expect(after).toEqual(before);
    expect(await signIn(cognito, { ...VIEWER, password: "another one" })).toHaveProperty("AuthenticationResult");
    expect(await signIn(cognito)).toHaveProperty("refused");
  });

  test("tokens are made without a password, good for the pool like any other", async () => {
    const { cognito } = start();
    await cognito.ensureUser(VIEWER);
    const tokens = await cognito.tokensFor(VIEWER.username);
    expect(tokens.expiresIn).toBe(900);
    expect(await call(cognito, "GetUser", { AccessToken: tokens.accessToken })).toHaveProperty("Username");
    expect(await refresh(cognito, tokens.refreshToken)).toHaveProperty("AuthenticationResult");
    await expect(cognito.tokensFor("nobody")).rejects.toThrow(
      new AwsError("UserNotFoundException", "User does not exist."),
    );
  });

  test("keys of another issuer are unknown", async () => {
    expect(await start().cognito.jwksFor("https://elsewhere")).toBeUndefined();
  });

  test("a stack with an external issuer has no sample users", async () => {
    const time = manualTime();
    const cognito = createCognito({
      deployment: deploymentOf({}),
      directory,
      authorize: () => undefined,
      clock: time.clock,
      ids: unique,
    });
    await expect(cognito.ensureUser(VIEWER)).rejects.toThrow(
      new Error(
        "the stack has no aws_cognito_user_pool, so it can have no sample users; its tokens come from elsewhere",
      ),
    );
  });

  test("files are for their owner only and hold no password and no refresh token", async () => {
    const { cognito } = start();
    const { RefreshToken } = await tokensOf(cognito);
    const files = readdirSync(directory).sort();
    expect(files).toEqual([`${POOL}-key.json`, `${POOL}-users.json`]);
    for (const file of files) {
      expect(statSync(join(directory, file)).mode & 0o777).toBe(0o600);
      const content = readFileSync(join(directory, file), "utf8");
      expect([content.includes(VIEWER.password), content.includes(String(RefreshToken))]).toEqual([false, false]);
    }
  });
});
