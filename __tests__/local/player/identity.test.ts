import { createIdentityClient } from "../../../local/player/identity";
import { OFFLINE } from "../../../local/player/problem";
import type { Provider } from "../../../local/player/provider";
import { ok, refused } from "../../../local/player/result";

const PROVIDER: Provider = {
  issuer: "https://idp.example/pool",
  authorizationEndpoint: "https://login.example/oauth2/authorize",
  tokenEndpoint: "https://login.example/oauth2/token",
  revocationEndpoint: "https://login.example/oauth2/revoke",
};
const CODE = { code: "abc", verifier: "v1", redirectUri: "https://cdn.example/app/" };

function answering(status: number, body: unknown, provider = PROVIDER) {
  const calls: { url: unknown; init: RequestInit | undefined }[] = [];
  const fetch = async (url: unknown, init?: RequestInit): Promise<Response> => {
    calls.push({ url, init });
    return new Response(body === undefined ? "" : JSON.stringify(body), { status });
  };
  return { calls, client: createIdentityClient({ fetch, provider: async () => ok(provider), clientId: "c1" }) };
}

/** The form of the first call. */
function sent(calls: readonly { init: RequestInit | undefined }[]): unknown {
  const body = calls[0]?.init?.body;
  if (!(body instanceof URLSearchParams)) throw new Error("the first call had no form for a body");
  return Object.fromEntries(body);
}

describe("the identity service", () => {
  test("changes a code into tokens, asked as RFC 7636 wants it, without cookies", async () => {
    const answer = { access_token: "a", id_token: "i", refresh_token: "r", expires_in: 3600, token_type: "Bearer" };
    const { client, calls } = answering(200, answer);
    await expect(client.redeem(CODE)).resolves.toEqual(ok({ access: "a", id: "i", refresh: "r", lifeSeconds: 3600 }));
    expect(calls).toHaveLength(1);
    expect(calls[0]).toMatchObject({ url: PROVIDER.tokenEndpoint, init: { method: "POST", credentials: "omit" } });
    expect(sent(calls)).toEqual({
      grant_type: "authorization_code",
      client_id: "c1",
      code: "abc",
      code_verifier: "v1",
      redirect_uri: "https://cdn.example/app/",
    });
  });

  test("renews with the refresh token", async () => {
    const { client, calls } = answering(200, { access_token: "new", expires_in: 60 });
    await expect(client.renew("r")).resolves.toMatchObject({ value: { access: "new", refresh: undefined } });
    expect(sent(calls)).toEqual({ grant_type: "refresh_token", client_id: "c1", refresh_token: "r" });
  });

  test("revokes, where it can", async () => {
    const { client, calls } = answering(200, undefined);
    await expect(client.revoke("r")).resolves.toEqual(ok(undefined));
    expect(calls[0]?.url).toBe(PROVIDER.revocationEndpoint);
    expect(sent(calls)).toEqual({ client_id: "c1", token: "r", token_type_hint: "refresh_token" });
    const without = answering(200, undefined, { ...PROVIDER, revocationEndpoint: undefined });
    await expect(without.client.revoke("r")).resolves.toEqual(ok(undefined));
    expect(without.calls).toEqual([]);
  });

  test.each([
    [400, "invalid_grant", "signed-out", "The sign-in is no longer good"],
    [400, "invalid_client", "fault", "The service did not accept this"],
    [429, undefined, "busy", "Too many requests"],
    [503, undefined, "fault", "The service has a fault"],
  ])("%s %s is %s", async (status, error, kind, title) => {
    const { client } = answering(status, { error });
    await expect(client.redeem(CODE)).resolves.toMatchObject({ ok: false, problem: { kind, title, status } });
  });

  test("an answer without a token is unreadable", async () => {
    const { client } = answering(200, {});
    await expect(client.redeem(CODE)).resolves.toMatchObject({ problem: { advice: "It holds no access token." } });
  });

  test("no answer is no connection", async () => {
    const fetch = () => Promise.reject(new TypeError("failed"));
    const client = createIdentityClient({ fetch, provider: async () => ok(PROVIDER), clientId: "c1" });
    await expect(client.redeem(CODE)).resolves.toMatchObject({ problem: { code: "NETWORK" } });
  });

  test("is not asked while nobody knows where it answers", async () => {
    const fetch = () => Promise.reject(new Error("fetch was not expected"));
    const client = createIdentityClient({ fetch, provider: async () => refused(OFFLINE), clientId: "c1" });
    await expect(client.renew("r")).resolves.toEqual(refused(OFFLINE));
    await expect(client.revoke("r")).resolves.toEqual(refused(OFFLINE));
  });
});
