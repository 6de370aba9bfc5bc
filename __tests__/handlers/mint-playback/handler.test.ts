import type { Title } from "../../../handlers/shared/title";
import { SECRET } from "../support/http-event";
import { ASSET, title, version } from "../support/titles";
import { ACTIVE, codeOf, PLAYBACK, PLAYING, setup } from "./setup";

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
