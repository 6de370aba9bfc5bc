import { createIdentityClient } from "../../../local/player/identity";

const URL = "https://idp.example/";

function answering(status: number, body: unknown) {
  const calls: { url: unknown; init: RequestInit | undefined }[] = [];
  const fetch = async (url: unknown, init?: RequestInit): Promise<Response> => {
    calls.push({ url, init });
    return new Response(JSON.stringify(body), { status });
  };
  return { calls, client: createIdentityClient({ fetch, url: URL, clientId: "c1" }) };
}

/** The body of the first call. */
function sent(calls: readonly { init: RequestInit | undefined }[]): unknown {
  const body = calls[0]?.init?.body;
  if (typeof body !== "string") throw new Error("the first call had no text for a body");
  return JSON.parse(body);
}

const RESULT = { AuthenticationResult: { AccessToken: "access", RefreshToken: "refresh", ExpiresIn: 3600 } };

describe("the identity service", () => {
  test("is asked as Cognito's API wants it, without cookies", async () => {
    const { client, calls } = answering(200, RESULT);
    await expect(client.signIn("ada", "pw")).resolves.toEqual({
      ok: true,
      value: { access: "access", refresh: "refresh", lifeSeconds: 3600 },
    });
    expect(calls).toHaveLength(1);
    expect(calls[0]?.url).toBe(URL);
    expect(calls[0]?.init).toMatchObject({
      method: "POST",
      credentials: "omit",
      headers: {
        "content-type": "application/x-amz-json-1.1",
        "x-amz-target": "AWSCognitoIdentityProviderService.InitiateAuth",
      },
    });
    expect(sent(calls)).toEqual({
      ClientId: "c1",
      AuthFlow: "USER_PASSWORD_AUTH",
      AuthParameters: { USERNAME: "ada", PASSWORD: "pw" },
    });
  });

  test("renews with the refresh token", async () => {
    const { client, calls } = answering(200, { AuthenticationResult: { AccessToken: "new", ExpiresIn: 60 } });
    await expect(client.renew("r")).resolves.toMatchObject({ value: { access: "new", refresh: undefined } });
    expect(sent(calls)).toMatchObject({
      AuthFlow: "REFRESH_TOKEN_AUTH",
      AuthParameters: { REFRESH_TOKEN: "r" },
    });
  });

  test("revokes", async () => {
    const { client, calls } = answering(200, {});
    await expect(client.revoke("r")).resolves.toEqual({ ok: true, value: undefined });
    expect(sent(calls)).toEqual({ ClientId: "c1", Token: "r" });
  });

  test.each([
    ["NotAuthorizedException", "signed-out", "That did not match"],
    ["com.amazonaws#UserNotFoundException", "signed-out", "That did not match"],
    ["TooManyRequestsException", "busy", "Too many attempts"],
    ["UserNotConfirmedException", "refused", "This account is not ready"],
    ["InvalidParameterException", "fault", "The service did not accept this"],
  ])("%s is %s", async (__type, kind, title) => {
    const { client } = answering(400, { __type, message: "said so" });
    await expect(client.signIn("ada", "pw")).resolves.toMatchObject({ ok: false, problem: { kind, title } });
  });

  test("a challenge is not taken for a sign-in", async () => {
    const { client } = answering(200, { ChallengeName: "NEW_PASSWORD_REQUIRED", Session: "s" });
    await expect(client.signIn("ada", "pw")).resolves.toEqual({
      ok: false,
      problem: {
        kind: "refused",
        code: "NEW_PASSWORD_REQUIRED",
        title: "One more step is needed",
        advice: "The account must first complete NEW_PASSWORD_REQUIRED, which this page does not offer.",
      },
    });
  });

  test("an answer without a token is unreadable", async () => {
    const { client } = answering(200, {});
    await expect(client.signIn("a", "b")).resolves.toMatchObject({ problem: { advice: "It holds no access token." } });
  });

  test("no answer is no connection", async () => {
    const fetch = () => Promise.reject(new TypeError("failed"));
    const client = createIdentityClient({ fetch, url: URL, clientId: "c1" });
    await expect(client.signIn("ada", "pw")).resolves.toMatchObject({ problem: { code: "NETWORK" } });
  });
});
