import { VIEWER_ADDRESS_HEADER } from "../../../handlers/shared/headers";
import type { SlotOutcome } from "../../../handlers/shared/stream-slots";
import { NOW } from "../support/titles";
import { ACTIVE, codeOf, PLAYING, SESSION, setup } from "./setup";

describe("bound to the viewer's address", () => {
  const bound = { bindViewerIp: "ipv4" } as const;
  const policyOf = (cookies: readonly string[] = []) => {
    const text = cookies.find((cookie) => cookie.startsWith("CloudFront-Policy="))?.split(/[=;]/)[1] ?? "";
    return Buffer.from(text.replace(/-/g, "+").replace(/_/g, "=").replace(/~/g, "/"), "base64").toString();
  };

  test("the cookie names the address that the edge saw", async () => {
    const headers = { [VIEWER_ADDRESS_HEADER]: "198.51.100.7:46532", "x-forwarded-for": "203.0.113.9" };
    const { cookies } = await setup(PLAYING, ACTIVE, bound).post({ headers });
    expect(policyOf(cookies)).toContain('"IpAddress":{"AWS:SourceIp":"198.51.100.7/32"}');
  });

  test.each([["2001:db8::7:46532"], ["[2001:db8::7]:46532"], ["999.1.1.1:5"], ["198.51.100.7"], [undefined]])(
    "%s cannot be bound to and is refused",
    async (address) => {
      const headers = { [VIEWER_ADDRESS_HEADER]: address };
      expect(codeOf(await setup(PLAYING, ACTIVE, bound).post({ headers }))).toEqual([403, "IPV6_NOT_SUPPORTED"]);
    },
  );

  test("unbound, no address is needed and none is in the policy", async () => {
    const { cookies } = await setup().post({ headers: { [VIEWER_ADDRESS_HEADER]: "198.51.100.7:1" } });
    expect(policyOf(cookies)).not.toContain("IpAddress");
  });
});

test("a cookie ends with the title's publish window, and is asked for again in time", async () => {
  const notAfter = new Date(NOW + 20_500).toISOString();
  const { cookies, body } = await setup({ ...PLAYING, licence: { notAfter } }).post();
  expect(JSON.parse(body)).toMatchObject({ expiresAt: "2030-01-02T03:04:25.000Z", refreshAfterSeconds: 12 });
  expect(cookies).toHaveLength(4);
});

describe("where streams at a time are limited", () => {
  const limited = { concurrentStreams: 2 };
  const body = JSON.stringify({ session: SESSION });

  test("the session takes a slot until its cookie ends, and the answer says so", async () => {
    const { post, asked } = setup(PLAYING, ACTIVE, limited, "held");
    const answer = await post({ body });
    expect([answer.statusCode, JSON.parse(answer.body)]).toEqual([200, expect.objectContaining({ session: SESSION })]);
    const [seconds, life] = [Math.floor(NOW / 1000), 300];
    expect(asked).toContain(
      JSON.stringify({
        viewerId: "viewer-1",
        session: SESSION,
        limit: 2,
        now: NOW,
        until: (seconds + life) * 1000,
      }),
    );
  });

  test.each<[SlotOutcome, string]>([
    ["exhausted", "STREAM_LIMIT_REACHED"],
    ["ended", "SESSION_ENDED"],
  ])("a slot that is %s is refused without a cookie", async (slot, code) => {
    const answer = await setup(PLAYING, ACTIVE, limited, slot).post({ body });
    expect([codeOf(answer), answer.cookies]).toEqual([[403, code], undefined]);
  });

  test("a request that names no session is told how to, and takes no slot", async () => {
    const answer = await setup(PLAYING, ACTIVE, limited).post();
    expect([answer.statusCode, JSON.parse(answer.body)]).toEqual([
      400,
      {
        error: "SESSION_REQUIRED",
        message: 'Streams at a time are limited: name the playing session in the body, {"session": "..."}.',
      },
    ]);
  });

  test("a plan's own limit counts where the environment has none", async () => {
    const plan = { subscription: { status: "ACTIVE", streams: 1 } };
    expect(codeOf(await setup(PLAYING, plan, {}, "exhausted").post({ body }))).toEqual([403, "STREAM_LIMIT_REACHED"]);
  });

  test("whoever is refused by another rule takes no slot", async () => {
    const { post } = setup(PLAYING, {}, limited);
    expect(codeOf(await post({ body }))).toEqual([403, "SUBSCRIPTION_REQUIRED"]);
  });
});

test("without a limit a session takes no slot, and the answer names none", async () => {
  const answer = await setup().post({ body: JSON.stringify({ session: SESSION }) });
  expect([answer.statusCode, JSON.parse(answer.body)]).toEqual([
    200,
    expect.not.objectContaining({ session: SESSION }),
  ]);
});
