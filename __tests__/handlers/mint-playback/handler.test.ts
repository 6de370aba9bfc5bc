import { generateKeyPairSync } from "node:crypto";
import { type Deps, makeHandler } from "../../../handlers/mint-playback/handler";
import type { Entitlements } from "../../../handlers/shared/entitlements";
import { VIEWER_ADDRESS_HEADER, VIEWER_COUNTRY_HEADER } from "../../../handlers/shared/headers";
import type { SlotOutcome } from "../../../handlers/shared/stream-slots";
import type { Status, Title } from "../../../handlers/shared/title";
import { httpEvent, SECRET } from "../support/http-event";
import { recordedLog } from "../support/recorded-log";
import { ASSET, NOW, title, version } from "../support/titles";

const { privateKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
const PLAYBACK = {
  prefix: "hash",
  hls: "/v1/hash/h/m/index.m3u8",
  dash: "/v1/hash/d/m/index.mpd",
  cmaf: "/v1/hash/c/m/index.m3u8",
};
const PLAYING = title([version("20", { status: "PUBLISHED", playback: PLAYBACK, poster: "/posters/p.jpg" })], {
  playing: "20",
  publishState: "PUBLISHED",
  publishedAt: "2029-01-01T00:00:00.000Z",
});
const SESSION = "f47ac10b-58cc-4372-a567-0e02b2c3d479";
const ACTIVE: Entitlements = { subscription: { status: "ACTIVE" } };

function setup(
  found: Title | "unknown" = PLAYING,
  held: Entitlements = ACTIVE,
  settings: Partial<Deps["settings"]> = {},
  slot?: SlotOutcome,
) {
  const { log, codes, entries } = recordedLog();
  const asked: string[] = [];
  const handler = makeHandler({
    catalogue: { read: (id) => Promise.resolve(asked.push(id) && found !== "unknown" ? found : undefined) },
    entitlements: (...of) => Promise.resolve(asked.push(of.filter((part) => part !== undefined).join("/")) ? held : {}),
    sessions: {
      take: (ask) => {
        asked.push(JSON.stringify(ask));
        return slot ? Promise.resolve(slot) : Promise.reject(new Error("no slot was expected to be taken"));
      },
    },
    signingKey: () => Promise.resolve(privateKey),
    now: () => NOW,
    log,
    settings: {
      originSecret: SECRET,
      cdnOrigin: "https://cdn.example.com",
      signingKeyId: "K1",
      cookieSeconds: 300,
      bindViewerIp: "none",
      playerSite: "same-site",
      countries: { allowed: [], blocked: [] },
      concurrentStreams: 0,
      downloads: "none",
      ...settings,
    },
  });
  const post = (more: Parameters<typeof httpEvent>[1] = {}) =>
    handler(httpEvent("POST /play/{assetId}", { path: { assetId: ASSET }, ...more }));
  return { handler, post, codes, entries, asked };
}
const codeOf = (answer: { statusCode: number; body: string }) => [
  answer.statusCode,
  (JSON.parse(answer.body) as { error?: string }).error,
];

test("who may watch gets the title's addresses, its cookies and when to come again", async () => {
  const { post, asked, codes } = setup();
  const { cookies, body, ...answer } = await post();
  expect(answer).toEqual({
    statusCode: 200,
    headers: { "content-type": "application/json", "cache-control": "no-store" },
  });
  expect(JSON.parse(body)).toEqual({
    assetId: ASSET,
    hls: PLAYBACK.hls,
    dash: PLAYBACK.dash,
    cmaf: PLAYBACK.cmaf,
    poster: "/posters/p.jpg",
    expiresAt: "2030-01-02T03:09:05.000Z",
    refreshAfterSeconds: 180,
  });
  expect(cookies).toHaveLength(4);
  expect(cookies?.every((cookie) => cookie.includes("; Path=/v1/hash/; Secure; HttpOnly; SameSite=Lax"))).toBe(true);
  expect(asked.sort()).toEqual([ASSET, `viewer-1/${ASSET}`].sort());
  expect(codes).toEqual(["PLAYBACK_MINTED"]);
});

test("a player is told of a file to download where there is one and the environment offers it", async () => {
  const playing = version("20", { status: "PUBLISHED", playback: PLAYBACK, download: "/downloads/a/20/a.mp4" });
  const found = title([playing], { playing: "20", publishState: "PUBLISHED" });
  const told = async (of: Title, downloads: "none" | "offered") =>
    (JSON.parse((await setup(of, ACTIVE, { downloads }).post()).body) as { download?: unknown }).download;
  expect([await told(found, "offered"), await told(found, "none"), await told(PLAYING, "offered")]).toEqual([
    true,
    undefined,
    undefined,
  ]);
});

test("no log line holds a cookie", async () => {
  const { post, entries } = setup();
  const { cookies = [] } = await post();
  const logged = JSON.stringify(entries);
  expect(cookies.some((cookie) => logged.includes((cookie.split(";")[0] ?? "").split("=")[1] ?? ""))).toBe(false);
});

test.each([
  ["no secret", { "x-vod-origin-secret": undefined }],
  ["a wrong secret", { "x-vod-origin-secret": `${SECRET}x` }],
  ["the start of the secret", { "x-vod-origin-secret": SECRET.slice(0, -1) }],
])("with %s nothing else is looked at", async (_, headers) => {
  const { post, asked, codes } = setup();
  expect(codeOf(await post({ headers, claims: null }))).toEqual([403, "FORBIDDEN"]);
  expect([asked, codes]).toEqual([[], ["ORIGIN_SECRET_WRONG"]]);
});

test.each([
  ["another method", { method: "GET" }, 405, "METHOD_NOT_ALLOWED"],
  ["no token", { claims: null }, 401, "UNAUTHENTICATED"],
  ["a token of nobody", { claims: { sub: "" } }, 401, "UNAUTHENTICATED"],
  ["a token whose subject is no text", { claims: { sub: 7 } }, 401, "UNAUTHENTICATED"],
  ["no id", { path: undefined }, 400, "ASSET_ID_INVALID"],
  ["an id with a path in it", { path: { assetId: "../../x-0123456789ab" } }, 400, "ASSET_ID_INVALID"],
])("%s is answered readably, before any table is read", async (_, more, status, code) => {
  const { post, asked } = setup();
  expect(codeOf(await post(more))).toEqual([status, code]);
  expect(asked).toEqual([]);
});

test.each([undefined, null, "text", 7, [], {}])("the event %j is answered, not thrown at", async (event) => {
  expect((await setup().handler(event)).statusCode).toBe(403);
});

test.each<[string, Title | "unknown"]>([
  ["unknown", "unknown"],
  ["withdrawn before it was published", { ...PLAYING, publishState: "WITHDRAWN", publishedAt: undefined }],
  ["ready but not published", title([version("20", { status: "READY", playback: PLAYBACK })])],
  ["failed", title([version("20", { status: "FAILED" })])],
])("a title that is %s gets the one answer for all of these", async (_, found) => {
  const answer = await setup(found).post();
  expect([answer.statusCode, JSON.parse(answer.body)]).toEqual([
    404,
    { error: "TITLE_NOT_FOUND", message: "There is no such title." },
  ]);
});

test("a title that was withdrawn is refused as such, and plays for nobody", async () => {
  const answer = await setup({ ...PLAYING, publishState: "WITHDRAWN" }).post();
  expect([answer.statusCode, JSON.parse(answer.body), answer.cookies]).toEqual([
    403,
    { error: "TITLE_WITHDRAWN", message: "This title was withdrawn." },
    undefined,
  ]);
});

test.each<Status>(["RECEIVED", "TRANSCODING", "PACKAGING"])(
  "a title that is %s is worth asking for again",
  async (status) => {
    const answer = await setup(title([version("20", { status })])).post();
    expect([codeOf(answer), answer.headers["retry-after"]]).toEqual([[409, "TITLE_NOT_READY"], "30"]);
  },
);

test("a title with a new version in the works goes on playing the old one", async () => {
  const found = {
    ...PLAYING,
    latest: "30",
    versions: { ...PLAYING.versions, "30": version("30", { status: "TRANSCODING" }) },
  };
  expect((await setup(found).post()).statusCode).toBe(200);
});

test("without a subscription a viewer does not learn whether a title exists", async () => {
  const refusals = [await setup(PLAYING, {}).post(), await setup("unknown", {}).post()];
  expect(refusals.map(codeOf)).toEqual([
    [403, "SUBSCRIPTION_REQUIRED"],
    [403, "SUBSCRIPTION_REQUIRED"],
  ]);
});

test("a title that needs a licence is refused without one, with its reason in answer and log", async () => {
  const licensed = { ...PLAYING, licence: { required: true, collection: "noir" } };
  const refused = setup(licensed);
  const answer = await refused.post();
  expect([answer.statusCode, JSON.parse(answer.body)]).toEqual([
    403,
    { error: "LICENCE_REQUIRED", message: "This title needs a licence of its own." },
  ]);
  expect(refused.entries).toEqual([
    { code: "PLAYBACK_REFUSED", fields: { assetId: ASSET, reason: "LICENCE_REQUIRED" } },
  ]);
  expect(refused.asked).toContain(`viewer-1/${ASSET}/noir`);
  expect((await setup(licensed, { ...ACTIVE, licence: {} }).post()).statusCode).toBe(200);
});

test("the country is the edge's, not the viewer's word", async () => {
  const { post } = setup(PLAYING, ACTIVE, { countries: { allowed: ["DE"], blocked: [] } });
  expect(codeOf(await post({ headers: { [VIEWER_COUNTRY_HEADER]: "US", "x-country": "DE" } }))).toEqual([
    403,
    "COUNTRY_NOT_ALLOWED",
  ]);
  expect(codeOf(await post({ headers: { "x-country": "DE" } }))).toEqual([403, "COUNTRY_UNKNOWN"]);
  expect((await post({ headers: { [VIEWER_COUNTRY_HEADER]: "DE" } })).statusCode).toBe(200);
});

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

test("a body that came in base64 is read", async () => {
  const body = Buffer.from(JSON.stringify({ session: "short" })).toString("base64");
  expect(codeOf(await setup().post({ body, base64: true }))).toEqual([400, "SESSION_INVALID"]);
});

test.each([
  ["{", 400, "BODY_INVALID", "the body must be JSON, or absent."],
  ["[]", 400, "BODY_INVALID", "the body must be a JSON object, or absent."],
  [
    JSON.stringify({ session: 7 }),
    400,
    "SESSION_INVALID",
    "session must be 16 to 64 letters, digits, hyphens or underscores.",
  ],
])("the body %s is refused before any table is read", async (body, status, error, message) => {
  const { post, asked } = setup();
  const answer = await post({ body });
  expect([answer.statusCode, JSON.parse(answer.body), asked]).toEqual([status, { error, message }, []]);
});
