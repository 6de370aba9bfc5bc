import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { ANONYMOUS, AwsError } from "../../../../local/kernel/aws-service";
import { createCognito } from "../../../../local/services/cognito/cognito";
import { awsRequest, deploymentOf, manualTime } from "../test-kit";
import { call, directory, ISSUER, POOL, refresh, signIn, start, tokensOf, unique, VIEWER } from "./test-cognito";

describe("the open documents", () => {
  const get = (path: string) => start().cognito.handle(awsRequest({ method: "GET", path, principal: ANONYMOUS }));

  test("hold the public key and nothing private", async () => {
    const response = await get(`/${POOL}/.well-known/jwks.json`);
    const { keys } = JSON.parse(response.body as string) as { keys: Record<string, unknown>[] };
    expect(keys.map((key) => Object.keys(key).sort())).toEqual([["alg", "e", "kid", "kty", "n", "use"]]);
    expect(keys).toEqual((await start().cognito.jwksFor(ISSUER))?.keys);
  });

  test("name the issuer", async () => {
    const response = await get(`/${POOL}/.well-known/openid-configuration`);
    expect(JSON.parse(response.body as string)).toMatchObject({
      issuer: ISSUER,
      jwks_uri: `${ISSUER}/.well-known/jwks.json`,
    });
  });

  test("name the endpoints where they answer here, once the pool has a domain", async () => {
    const request = { method: "GET", path: `/${POOL}/.well-known/openid-configuration`, principal: ANONYMOUS };
    const document = async (without: readonly string[]) =>
      JSON.parse((await start(without).cognito.handle(awsRequest(request))).body as string) as unknown;
    expect(await document([])).toMatchObject({
      authorization_endpoint: "http://127.0.0.1:4566/oauth2/authorize",
      token_endpoint: "http://127.0.0.1:4566/oauth2/token",
      revocation_endpoint: "http://127.0.0.1:4566/oauth2/revoke",
      end_session_endpoint: "http://127.0.0.1:4566/logout",
    });
    expect(await document(["aws_cognito_user_pool_domain.viewers"])).not.toHaveProperty("token_endpoint");
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
