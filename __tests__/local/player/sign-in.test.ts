import { webcrypto } from "node:crypto";
import type { PlayerConfig } from "../../../local/player/config";
import type { Code, Tokens } from "../../../local/player/identity";
import { explain, OFFLINE } from "../../../local/player/problem";
import { challengeOf } from "../../../local/player/proof";
import type { Provider } from "../../../local/player/provider";
import { ok, refused, type Result } from "../../../local/player/result";
import { createSignIn } from "../../../local/player/sign-in";

const crypto = webcrypto as unknown as Crypto;
const PAGE = "https://cdn.example/app/";
const CONFIG: PlayerConfig = {
  issuer: "https://idp.example/pool",
  clientId: "c1",
  scopes: "openid email",
  signOutParameter: "logout_uri",
};
const PROVIDER: Provider = {
  issuer: CONFIG.issuer,
  authorizationEndpoint: "https://login.example/oauth2/authorize?tenant=a",
  tokenEndpoint: "https://login.example/oauth2/token",
  endSessionEndpoint: "https://login.example/logout",
};

interface Setting {
  readonly provider?: Result<Provider>;
  readonly redeem?: (code: Code) => Result<Tokens>;
  readonly config?: PlayerConfig;
}

/** A tab: what it keeps survives the way to the sign-in page and back, as a new page load is a new sign-in. */
function tab({ provider = ok(PROVIDER), redeem, config = CONFIG }: Setting = {}) {
  const kept = new Map<string, string>();
  const codes: Code[] = [];
  const load = () =>
    createSignIn({
      config,
      crypto,
      provider: async () => provider,
      identity: {
        redeem: async (code) => {
          codes.push(code);
          if (!redeem) throw new Error("redeem was not expected");
          return redeem(code);
        },
      },
      storage: {
        getItem: (key) => kept.get(key) ?? null,
        setItem: (key, value) => void kept.set(key, value),
        removeItem: (key) => void kept.delete(key),
      },
      redirectUri: PAGE,
    });
  const begin = async (hash = "") => {
    const address = await load().begin(hash);
    if (!address.ok) throw new Error(address.problem.code);
    return Object.fromEntries(new URL(address.value).searchParams);
  };
  return { kept, codes, load, begin };
}

function idToken(nonce: string | undefined): string {
  const claims = { iss: CONFIG.issuer, aud: "c1", nonce, email: "ada@example.com" };
  return `h.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.s`;
}

describe("a sign-in", () => {
  test("begins at the issuer's page, with a challenge whose verifier stays here", async () => {
    const { kept, begin } = tab();
    const asked = await begin("#/watch/harbour-1");
    const proof = JSON.parse(kept.get("sign-in") ?? "") as Record<string, string>;
    expect(asked).toEqual({
      tenant: "a",
      response_type: "code",
      client_id: "c1",
      redirect_uri: PAGE,
      scope: "openid email",
      state: proof.state,
      nonce: proof.nonce,
      code_challenge: await challengeOf(proof.verifier ?? "", crypto),
      code_challenge_method: "S256",
    });
    expect(proof.hash).toBe("#/watch/harbour-1");
  });

  test("keeps nothing when the issuer cannot be asked", async () => {
    const { kept, load } = tab({ provider: refused(OFFLINE) });
    await expect(load().begin("")).resolves.toEqual(refused(OFFLINE));
    expect(kept.size).toBe(0);
  });

  test("ends with the viewer's name, tokens, and the place where it began; the proof is gone", async () => {
    const question: { nonce?: string; state?: string } = {};
    const redeem = () => ok<Tokens>({ access: "a", id: idToken(question.nonce), refresh: "r", lifeSeconds: 9 });
    const { kept, codes, load, begin } = tab({ redeem });
    Object.assign(question, await begin("#/watch/harbour-1"));
    const { verifier } = JSON.parse(kept.get("sign-in") ?? "") as { verifier: string };
    const back = await load().finish(`?code=abc&state=${question.state}`);
    expect(back).toMatchObject({
      hash: "#/watch/harbour-1",
      arrival: { ok: true, value: { viewer: "ada@example.com", tokens: { access: "a", refresh: "r" } } },
    });
    expect(codes).toEqual([{ code: "abc", verifier, redirectUri: PAGE }]);
    expect(kept.size).toBe(0);
  });

  test("is not one without an answer in the address", async () => {
    const { kept, load, begin } = tab();
    await begin();
    await expect(load().finish("")).resolves.toBeUndefined();
    await expect(load().finish("?from=newsletter")).resolves.toBeUndefined();
    expect(kept.size).toBe(1);
  });

  test.each([
    ["another state", () => "?code=abc&state=other"],
    ["no state", () => "?code=abc"],
    ["another's error", () => "?error=access_denied&state=other"],
  ])("with %s is refused, its code unused and the proof gone", async (_, search) => {
    const { kept, codes, load, begin } = tab();
    await begin();
    const back = await load().finish(search());
    expect(back?.arrival).toMatchObject({ problem: { kind: "signed-out", code: "STATE_MISMATCH" } });
    expect([kept.size, codes]).toEqual([0, []]);
  });

  test.each([undefined, "garbage", "{}", '{"state":""}'])(
    "that this tab did not begin is refused: %j",
    async (text) => {
      const { kept, load } = tab();
      if (text !== undefined) kept.set("sign-in", text);
      const back = await load().finish("?code=abc&state=");
      expect(back?.arrival).toMatchObject({ problem: { code: "STATE_MISMATCH" } });
    },
  );

  test("is looked at once", async () => {
    const { load, begin } = tab({ redeem: () => refused(explain({ status: 503 })) });
    const { state } = await begin();
    expect((await load().finish(`?code=abc&state=${state}`))?.arrival).toMatchObject({ problem: { status: 503 } });
    expect((await load().finish(`?code=abc&state=${state}`))?.arrival).toMatchObject({
      problem: { code: "STATE_MISMATCH" },
    });
  });

  test.each([
    ["error=access_denied", "access_denied", "You were not signed in"],
    ["error=temporarily_unavailable", "temporarily_unavailable", "The sign-in page has a fault"],
    ["error=invalid_scope", "invalid_scope", "You could not be signed in"],
    ["error=%3Cb%3E", "no_code", "You could not be signed in"],
  ])("that ends with %s says so", async (query, code, title) => {
    const { load, begin } = tab();
    const { state } = await begin("#/watch/x");
    await expect(load().finish(`?${query}&state=${state}`)).resolves.toMatchObject({
      hash: "#/watch/x",
      arrival: { problem: { code, title } },
    });
  });

  test.each([
    ["another sign-in's id token", idToken("other"), "It answers another sign-in. Sign in again."],
    ["no id token", undefined, "It holds no id token."],
  ])("that brings %s is refused", async (_, id, advice) => {
    const { load, begin } = tab({ redeem: () => ok({ access: "a", id, lifeSeconds: 9 }) });
    const { state } = await begin();
    const back = await load().finish(`?code=abc&state=${state}`);
    expect(back?.arrival).toMatchObject({ ok: false, problem: { advice } });
  });
});

describe("signing out", () => {
  test.each(["logout_uri", "post_logout_redirect_uri"] as const)(
    "leads to the issuer, and back by %s",
    async (name) => {
      const { load } = tab({ config: { ...CONFIG, signOutParameter: name } });
      await expect(load().signOutAddress()).resolves.toBe(
        `https://login.example/logout?client_id=c1&${name}=${encodeURIComponent(PAGE)}`,
      );
    },
  );

  test("leads nowhere when the issuer has no such address, or none can be asked for", async () => {
    const bare = tab({ provider: ok({ ...PROVIDER, endSessionEndpoint: undefined }) });
    await expect(bare.load().signOutAddress()).resolves.toBeUndefined();
    await expect(
      tab({ provider: refused(OFFLINE) })
        .load()
        .signOutAddress(),
    ).resolves.toBeUndefined();
  });
});
