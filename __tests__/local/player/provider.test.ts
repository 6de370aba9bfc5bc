import { discovery, parseProvider } from "../../../local/player/provider";

const PAGE = "https://cdn.example/app/";
const ISSUER = "https://idp.example/pool";
const DOCUMENT = {
  issuer: ISSUER,
  authorization_endpoint: "https://login.example/oauth2/authorize",
  token_endpoint: "https://login.example/oauth2/token",
  revocation_endpoint: "https://login.example/oauth2/revoke",
  end_session_endpoint: "https://login.example/logout",
};
const PROVIDER = {
  issuer: ISSUER,
  authorizationEndpoint: "https://login.example/oauth2/authorize",
  tokenEndpoint: "https://login.example/oauth2/token",
  revocationEndpoint: "https://login.example/oauth2/revoke",
  endSessionEndpoint: "https://login.example/logout",
};

function answering(...answers: (Response | Error)[]) {
  const calls: { url: unknown; init: RequestInit | undefined }[] = [];
  const fetch = async (url: unknown, init?: RequestInit): Promise<Response> => {
    calls.push({ url, init });
    const answer = answers.shift();
    if (answer instanceof Response) return answer;
    throw answer ?? new Error("the issuer was not expected to be asked");
  };
  return { fetch: fetch as typeof globalThis.fetch, calls };
}

describe("the issuer's document", () => {
  test.each([ISSUER, `${ISSUER}/`])("of %s is asked for once, without cookies", async (issuer) => {
    const { fetch, calls } = answering(Response.json({ ...DOCUMENT, issuer }));
    const provider = discovery({ fetch, issuer, page: PAGE });
    await expect(Promise.all([provider(), provider()])).resolves.toMatchObject([{ ok: true }, { ok: true }]);
    await expect(provider()).resolves.toEqual({ ok: true, value: { ...PROVIDER, issuer } });
    expect(calls.map(({ url }) => url)).toEqual([`${ISSUER}/.well-known/openid-configuration`]);
    expect(calls[0]?.init).toMatchObject({ credentials: "omit" });
  });

  test("is asked for again after a failure", async () => {
    const { fetch } = answering(new TypeError("failed"), new Response("", { status: 503 }), Response.json(DOCUMENT));
    const provider = discovery({ fetch, issuer: ISSUER, page: PAGE });
    await expect(provider()).resolves.toMatchObject({ problem: { code: "NETWORK" } });
    await expect(provider()).resolves.toMatchObject({ problem: { code: "HTTP_503" } });
    await expect(provider()).resolves.toMatchObject({ ok: true });
  });

  test.each([
    ["another's", { ...DOCUMENT, issuer: "https://idp.example/other" }, "It names another issuer."],
    ["nobody's", {}, "It names another issuer."],
    ["a pool's without a domain", { issuer: ISSUER }, "It has no authorization_endpoint or token_endpoint."],
    [
      "one that leaves TLS",
      { ...DOCUMENT, token_endpoint: "http://login.example/oauth2/token" },
      "It has no authorization_endpoint or token_endpoint.",
    ],
    [
      "one that runs a script",
      { ...DOCUMENT, authorization_endpoint: "javascript:alert(1)" },
      "It has no authorization_endpoint or token_endpoint.",
    ],
  ])("that is %s is refused", (_, document, advice) => {
    expect(parseProvider(document, ISSUER, PAGE)).toMatchObject({ problem: { code: "UNREADABLE", advice } });
  });

  test("may leave out what not every issuer has", () => {
    const { issuer, authorization_endpoint, token_endpoint } = DOCUMENT;
    expect(parseProvider({ issuer, authorization_endpoint, token_endpoint }, ISSUER, PAGE)).toMatchObject({
      value: { revocationEndpoint: undefined, endSessionEndpoint: undefined },
    });
  });

  test("on one machine answers by http, for tokens that name it by https", () => {
    const document = {
      issuer: "https://127.0.0.1:4566/pool",
      authorization_endpoint: "http://127.0.0.1:4566/oauth2/authorize",
      token_endpoint: "http://127.0.0.1:4566/oauth2/token",
    };
    const asked = "http://127.0.0.1:4566/pool";
    expect(parseProvider(document, asked, "http://127.0.0.1:8080/app/")).toMatchObject({
      value: { issuer: document.issuer, tokenEndpoint: document.token_endpoint },
    });
    expect(parseProvider(document, asked, PAGE)).toMatchObject({ ok: false });
  });
});
