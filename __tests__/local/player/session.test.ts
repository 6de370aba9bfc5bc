import type { IdentityClient, Tokens } from "../../../local/player/identity";
import { explain, OFFLINE } from "../../../local/player/problem";
import { ok, refused } from "../../../local/player/result";
import { createSession } from "../../../local/player/session";

const untouched = (name: string) => (): never => {
  throw new Error(`${name} was not expected`);
};

const FIRST: Tokens = { access: "first", refresh: "r1", lifeSeconds: 3600 };

function setUp(overrides: Partial<Pick<IdentityClient, "renew" | "revoke">> = {}) {
  let now = 0;
  const identity = {
    renew: untouched("renew"),
    revoke: untouched("revoke"),
    ...overrides,
  };
  const session = createSession(identity, () => now);
  return { session, at: (seconds: number) => (now = seconds * 1000) };
}

describe("a viewer's session", () => {
  test("has no token before the sign-in", async () => {
    await expect(setUp().session.bearer()).resolves.toMatchObject({ problem: { code: "SIGNED_OUT" } });
  });

  test("keeps its token until a minute before the end, then renews it once for all who ask", async () => {
    const renew = jest.fn(async () => ok({ access: "second", lifeSeconds: 3600 }));
    const { session, at } = setUp({ renew });
    session.open(FIRST);
    at(3539);
    await expect(session.bearer()).resolves.toEqual({ ok: true, value: "first" });
    at(3540);
    await expect(Promise.all([session.bearer(), session.bearer()])).resolves.toEqual([ok("second"), ok("second")]);
    expect(renew.mock.calls).toEqual([["r1"]]);
    at(3540 + 3540); // the old refresh token stays good
    await session.bearer();
    expect(renew.mock.calls).toEqual([["r1"], ["r1"]]);
  });

  test("is not renewed without end when tokens live for less than a minute", async () => {
    const { session, at } = setUp();
    session.open({ access: "short", refresh: "r", lifeSeconds: 30 });
    at(14);
    await expect(session.bearer()).resolves.toEqual(ok("short"));
  });

  test("ends when the refresh token is refused, and asks no more", async () => {
    const renew = jest.fn(async () => refused(explain({ status: 401 })));
    const { session, at } = setUp({ renew });
    session.open(FIRST);
    at(4000);
    await expect(session.bearer()).resolves.toMatchObject({ problem: { code: "SIGNED_OUT" } });
    await expect(session.bearer()).resolves.toMatchObject({ problem: { code: "SIGNED_OUT" } });
    expect(renew).toHaveBeenCalledTimes(1);
  });

  test("survives a network that is away", async () => {
    const renew = jest
      .fn()
      .mockResolvedValueOnce(refused(OFFLINE))
      .mockResolvedValue(ok({ access: "b", lifeSeconds: 9 }));
    const { session, at } = setUp({ renew });
    session.open(FIRST);
    at(4000);
    await expect(session.bearer()).resolves.toMatchObject({ problem: { code: "NETWORK" } });
    await expect(session.bearer()).resolves.toEqual(ok("b"));
  });

  test("a distrusted token is renewed at the next call", async () => {
    const { session } = setUp({ renew: async () => ok({ access: "second", lifeSeconds: 60 }) });
    session.open(FIRST);
    session.distrust();
    await expect(session.bearer()).resolves.toEqual(ok("second"));
  });

  test("signing out revokes, and a renewal under way brings nothing back", async () => {
    const revoked: string[] = [];
    let answer: (tokens: ReturnType<typeof ok<{ access: string; lifeSeconds: number }>>) => void = untouched("answer");
    const { session, at } = setUp({
      renew: () => new Promise((resolve) => (answer = resolve)),
      revoke: async (token) => ok(void revoked.push(token)),
    });
    session.open(FIRST);
    at(4000);
    const pending = session.bearer();
    await session.signOut();
    answer(ok({ access: "late", lifeSeconds: 3600 }));
    await expect(pending).resolves.toMatchObject({ problem: { code: "SIGNED_OUT" } });
    await expect(session.bearer()).resolves.toMatchObject({ problem: { code: "SIGNED_OUT" } });
    expect(revoked).toEqual(["r1"]);
  });
});
