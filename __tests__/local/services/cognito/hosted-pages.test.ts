import { ANONYMOUS } from "../../../../local/kernel/aws-service";
import { awsRequest } from "../test-kit";
import { login, PAGE, REQUEST, visit, type Fields } from "./hosted";
import { admin, EDGE, start, VIEWER } from "./test-cognito";

const authorize = (query: Fields, without: readonly string[] = []) =>
  visit(start(without).cognito, "/oauth2/authorize", { query: { ...REQUEST, ...query } });

describe("the authorization endpoint", () => {
  test("leads to the form, with the whole request", async () => {
    const { status, location } = await authorize({});
    expect([status, location?.pathname]).toEqual([302, "/login"]);
    expect(Object.fromEntries(location?.searchParams ?? [])).toEqual(REQUEST);
  });

  test.each<[string, Fields, string]>([
    ["an unknown client", { client_id: "nobody" }, "No such client may sign viewers in here."],
    ["a client without OAuth", { client_id: "strict" }, "No such client may sign viewers in here."],
    ["no address", { redirect_uri: undefined }, "The address to go back to is not registered for this client."],
    ["a longer address", { redirect_uri: `${PAGE}x` }, "The address to go back to is not registered for this client."],
    [
      "another host",
      { redirect_uri: "http://evil.example/app/" },
      "The address to go back to is not registered for this client.",
    ],
  ])("never leads back for %s, but says so on a page", async (_, query, message) => {
    const { status, text, location } = await authorize(query);
    expect([status, location]).toEqual([400, undefined]);
    expect(text).toContain(`<p>${message}</p>`);
  });

  test.each<[string, Fields, string, string]>([
    ["another response type", { response_type: "token" }, "unsupported_response_type", "response_type must be code"],
    ["a foreign scope", { scope: "openid profile" }, "invalid_scope", "the client may ask for openid email"],
    [
      "no challenge",
      { code_challenge: undefined },
      "invalid_request",
      "code_challenge must be a SHA-256, with code_challenge_method S256",
    ],
    [
      "a plain challenge",
      { code_challenge_method: "plain" },
      "invalid_request",
      "code_challenge must be a SHA-256, with code_challenge_method S256",
    ],
  ])("tells the client of %s", async (_, query, error, error_description) => {
    const { status, location } = await authorize(query);
    expect([status, `${location?.origin}${location?.pathname}`]).toEqual([302, PAGE]);
    expect(Object.fromEntries(location?.searchParams ?? [])).toEqual({ error, error_description, state: "s&1" });
  });

  test("tells the client of a parameter that stands twice, of which nobody knows which counts", async () => {
    const query = new URLSearchParams([...Object.entries(REQUEST), ["state", "s2"]]);
    const request = awsRequest({ method: "GET", path: "/oauth2/authorize", query, principal: ANONYMOUS });
    const { headers } = await start().cognito.handle(request);
    const answer = new URL(String(headers?.location)).searchParams;
    expect([answer.get("error"), answer.get("error_description")]).toEqual([
      "invalid_request",
      "state stands more than once",
    ]);
  });

  test("tells a client that it may not use the code flow", async () => {
    const { location } = await authorize({ client_id: "other", redirect_uri: "https://other.example/", scope: "" });
    expect(location?.searchParams.get("error")).toBe("unauthorized_client");
  });

  test("takes the registered https address as well as this machine's http", async () => {
    expect((await authorize({ redirect_uri: `https://${EDGE}/app/` })).location?.pathname).toBe("/login");
  });

  test("is not there while the pool has no domain", async () => {
    expect((await authorize({}, ["aws_cognito_user_pool_domain.viewers"])).status).toBe(400);
  });
});

describe("the form", () => {
  test("labels its fields, runs no script, and may lead only to the client", async () => {
    const { status, headers, text } = await visit(start().cognito, "/login", { query: REQUEST });
    expect(status).toBe(200);
    expect(text).toMatch(/<label for="username">E-mail address<\/label>\s*<input id="username"/);
    expect(text).toMatch(/<label for="password">Password<\/label>\s*<input id="password"[^>]*type="password"/);
    expect(text).not.toMatch(/<script|\son\w+=|\sstyle=/);
    expect(headers).toMatchObject({
      "content-security-policy": expect.stringContaining(`form-action 'self' http://${EDGE};`) as string,
      "cache-control": "no-store",
      "referrer-policy": "no-referrer",
    });
    expect(headers["content-security-policy"]).toMatch(/^default-src 'none'.*frame-ancestors 'none'$/);
  });

  test("sends whoever knows the password back with a code and the state", async () => {
    const { status, location, headers } = await login(start().cognito);
    expect([status, `${location?.origin}${location?.pathname}`]).toEqual([302, PAGE]);
    expect(Object.fromEntries(location?.searchParams ?? [])).toEqual({
      code: expect.stringMatching(/^[\w-]{43}$/) as string,
      state: "s&1",
    });
    expect(headers["set-cookie"]).toMatch(/^cognito=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=3600$/);
  });

  test.each<Fields>([{ password: "wrong" }, { username: "nobody@example.com" }])(
    "comes again after a mistake, in the same words whatever it was: %j",
    async (fields) => {
      const { status, text, location, cookie } = await login(start().cognito, fields);
      expect([status, location, cookie]).toEqual([200, undefined, undefined]);
      expect(text).toContain('role="alert"><strong>That did not work</strong>Incorrect username or password.</p>');
      expect(text).not.toContain("wrong");
    },
  );

  test("keeps what was typed as text", async () => {
    const { text } = await login(start().cognito, { username: `"><b>'&` });
    expect(text).toContain('value="&#34;&#62;&#60;b&#62;&#39;&#38;"');
  });

  test("lets nobody in by a temporary password", async () => {
    const { cognito } = start();
    const Username = "temporary@example.com";
    await admin(cognito, "AdminCreateUser", { Username, TemporaryPassword: "temporary1" });
    const { status, text } = await login(cognito, { username: Username, password: "temporary1" });
    expect(status).toBe(200);
    expect(text).toContain("This password is temporary. Ask your operator for a permanent one.");
  });

  test("is judged like the request that led to it", async () => {
    const { status, cookie } = await login(start().cognito, {}, { redirect_uri: "http://evil.example/" });
    expect([status, cookie]).toEqual([400, undefined]);
  });
});

describe("a browser that signed in", () => {
  test("is sent back without being asked, for an hour", async () => {
    const { cognito, time } = start();
    const { cookie } = await login(cognito);
    const again = () => visit(cognito, "/oauth2/authorize", { query: REQUEST, cookie });
    expect((await again()).location?.searchParams.has("code")).toBe(true);
    await time.advance(3_600_000);
    expect((await again()).location?.pathname).toBe("/login");
  });

  test("is forgotten when it signs out, and led back only to a registered address", async () => {
    const { cognito } = start();
    const { cookie } = await login(cognito);
    const out = (logout_uri: string) =>
      visit(cognito, "/logout", { query: { client_id: "player", logout_uri }, cookie });
    expect((await out("http://evil.example/")).status).toBe(400);
    expect((await visit(cognito, "/oauth2/authorize", { query: REQUEST, cookie })).location?.pathname).toBe("/app/");
    const { location, headers } = await out(PAGE);
    expect([location?.href, headers["set-cookie"]]).toEqual([
      PAGE,
      "cognito=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0",
    ]);
    expect((await visit(cognito, "/oauth2/authorize", { query: REQUEST, cookie })).location?.pathname).toBe("/login");
  });

  test("is known by nothing that somebody made up", async () => {
    const answer = await visit(start().cognito, "/oauth2/authorize", {
      query: REQUEST,
      cookie: `a=b; cognito=${VIEWER.username}`,
    });
    expect(answer.location?.pathname).toBe("/login");
  });
});
