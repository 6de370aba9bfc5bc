import { createApi } from "../../../local/player/api";
import { ok, refused } from "../../../local/player/result";
import { explain } from "../../../local/player/problem";
import type { Session } from "../../../local/player/session";

function setUp(...answers: Response[]) {
  const calls: { path: string; init: RequestInit }[] = [];
  const tokens = ["t1", "t2", "t3"];
  const session: Session = {
    open: () => {
      throw new Error("open was not expected");
    },
    signOut: () => Promise.reject(new Error("signOut was not expected")),
    bearer: async () => ok(tokens[0] ?? ""),
    distrust: () => void tokens.shift(),
  };
  const fetch = async (path: unknown, init?: RequestInit): Promise<Response> => {
    calls.push({ path: String(path), init: init ?? {} });
    const answer = answers.shift();
    if (!answer) throw new TypeError("failed");
    return answer;
  };
  return { calls, api: createApi({ fetch, session }), session };
}

const json = (status: number, body: unknown, headers?: Record<string, string>): Response =>
  new Response(JSON.stringify(body), { status, headers });

describe("calls to the platform's API", () => {
  test("carry the bearer token and keep cookies", async () => {
    const { api, calls } = setUp(json(200, { a: 1 }));
    await expect(api.post("/play/x")).resolves.toEqual(ok({ a: 1 }));
    expect(calls[0]).toMatchObject({
      path: "/play/x",
      init: { method: "POST", credentials: "include", cache: "no-store", headers: { authorization: "Bearer t1" } },
    });
  });

  test("a body goes as JSON, and a request that frees something outlives the page", async () => {
    const { api, calls } = setUp(json(200, {}), new Response(null, { status: 204 }), json(200, {}));
    await api.post("/play/x", { session: "s" });
    await expect(api.remove("/play/x/sessions/s")).resolves.toEqual(ok(undefined));
    await api.get("/api/titles");
    expect(calls.map(({ init }) => [init.method, init.body, init.keepalive])).toEqual([
      ["POST", '{"session":"s"}', false],
      ["DELETE", undefined, true],
      ["GET", undefined, false],
    ]);
    expect(calls.map(({ init }) => (init.headers as Record<string, string>)["content-type"])).toEqual([
      "application/json",
      undefined,
      undefined,
    ]);
  });

  test("a 401 renews the token and tries once more", async () => {
    const { api, calls } = setUp(json(401, {}), json(200, { a: 2 }));
    await expect(api.get("/api/titles")).resolves.toEqual(ok({ a: 2 }));
    expect(calls.map(({ init }) => (init.headers as Record<string, string>).authorization)).toEqual([
      "Bearer t1",
      "Bearer t2",
    ]);
  });

  test("a second 401 is an answer", async () => {
    const { api, calls } = setUp(json(401, {}), json(401, {}));
    await expect(api.get("/api/titles")).resolves.toEqual(refused(explain({ status: 401 })));
    expect(calls).toHaveLength(2);
  });

  test("a refusal keeps its code, its words and its wait", async () => {
    const { api } = setUp(json(429, { error: "SLOW", message: "m" }, { "retry-after": "3" }));
    await expect(api.get("/x")).resolves.toEqual(
      refused(explain({ status: 429, code: "SLOW", message: "m", retryAfterSeconds: 3 })),
    );
  });

  test("a firewall's page in place of JSON is still told by its status", async () => {
    const { api } = setUp(new Response("<html>", { status: 403 }));
    await expect(api.get("/x")).resolves.toEqual(refused(explain({ status: 403 })));
  });

  test("an answer that is no JSON is unreadable", async () => {
    const { api } = setUp(new Response("<html>"));
    await expect(api.get("/x")).resolves.toMatchObject({ problem: { advice: "/x did not answer with JSON." } });
  });

  test("no answer is no connection", async () => {
    await expect(setUp().api.get("/x")).resolves.toMatchObject({ problem: { code: "NETWORK" } });
  });
});
