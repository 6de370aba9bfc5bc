import { makeHandler } from "../../../handlers/get-title/handler";
import { VIEWER_COUNTRY_HEADER } from "../../../handlers/shared/headers";
import type { Title } from "../../../handlers/shared/title";
import { httpEvent, SECRET } from "../support/http-event";
import { recordedLog } from "../support/recorded-log";
import { ASSET, NOW, NOW_ISO, title, version } from "../support/titles";

const PLAYBACK = { prefix: "hash", hls: "/v1/hash/h/m/index.m3u8" };
const RENDITIONS = [{ name: "240p", width: 426, height: 240 }];
const PUBLISHED = title(
  [
    version("20", {
      status: "PUBLISHED",
      playback: PLAYBACK,
      captions: ["en"],
      renditions: RENDITIONS,
      hasAudio: true,
    }),
  ],
  { playing: "20", publishState: "PUBLISHED", publishedAt: NOW_ISO, poster: "/posters/p.jpg", durationSeconds: 20 },
);
const VIEW = {
  assetId: ASSET,
  title: "night",
  publishedAt: NOW_ISO,
  poster: "/posters/p.jpg",
  durationSeconds: 20,
  captions: ["en"],
  renditions: RENDITIONS,
  hasAudio: true,
};
const NOT_FOUND = [404, { error: "TITLE_NOT_FOUND", message: "There is no such title." }];
const EDITOR = { claims: { sub: "ed", "cognito:groups": "[editors]" } };

function setup(found: Title | undefined = PUBLISHED, groupsClaim = "cognito:groups") {
  const asked: string[] = [];
  const handler = makeHandler({
    catalogue: { read: (id) => Promise.resolve(asked.push(id) ? found : undefined) },
    originSecret: SECRET,
    countries: { allowed: [], blocked: ["RU"] },
    groupsClaim,
    now: () => NOW,
    log: recordedLog().log,
  });
  const get = async (more: Parameters<typeof httpEvent>[1] = {}) => {
    const headers = { [VIEWER_COUNTRY_HEADER]: "DE", ...more.headers };
    const event = httpEvent("GET /api/titles/{assetId}", { path: { assetId: ASSET }, ...more, headers });
    const answer = await handler(event);
    return [answer.statusCode, JSON.parse(answer.body) as object];
  };
  return { get, asked };
}

test("a published title is shown with what it offers, and without the addresses that only the mint gives", async () => {
  expect(await setup().get()).toEqual([200, VIEW]);
});

test.each<[string, Title | undefined]>([
  ["unknown", undefined],
  ["withdrawn", { ...PUBLISHED, publishState: "WITHDRAWN" }],
  ["not published yet", title([version("20", { status: "READY", playback: PLAYBACK })])],
  ["before its window", { ...PUBLISHED, licence: { notBefore: new Date(NOW + 1).toISOString() } }],
  ["past its window", { ...PUBLISHED, licence: { notAfter: NOW_ISO } }],
  ["not for this country", { ...PUBLISHED, licence: { allowedCountries: ["US"] } }],
])("a title that is %s is not found", async (_, found) => {
  const { get, asked } = setup();
  expect(found === undefined ? await setup(title([])).get() : await setup(found).get()).toEqual(NOT_FOUND);
  expect([await get({ headers: { [VIEWER_COUNTRY_HEADER]: "RU" } }), asked]).toEqual([NOT_FOUND, [ASSET]]);
});

test("editors see every title there is, with its state and terms", async () => {
  const withdrawn: Title = {
    ...PUBLISHED,
    publishState: "WITHDRAWN",
    withdrawnAt: NOW_ISO,
    licence: { required: true },
  };
  expect(await setup(withdrawn).get(EDITOR)).toEqual([
    200,
    {
      assetId: ASSET,
      title: "night",
      editorial: {
        assetId: ASSET,
        title: "night",
        publishState: "WITHDRAWN",
        publishedAt: NOW_ISO,
        withdrawnAt: NOW_ISO,
        licence: { required: true },
        playing: "20",
        ready: "20",
        latest: { version: "20", status: "PUBLISHED", at: { PUBLISHED: NOW_ISO } },
      },
    },
  ]);
  expect(await setup().get(EDITOR)).toEqual([200, { ...VIEW, editorial: expect.anything() as object }]);
});

test("whom the issuer's claim names no editor is none", async () => {
  const hidden = title([version("20", { status: "READY" })]);
  expect(await setup(hidden, "roles").get(EDITOR)).toEqual(NOT_FOUND);
  expect(await setup(hidden, "").get(EDITOR)).toEqual(NOT_FOUND);
  expect(await setup(hidden, "roles").get({ claims: { sub: "ed", roles: "[editors]" } })).toMatchObject([200, {}]);
});

test.each([
  ["a wrong secret", { headers: { "x-vod-origin-secret": "guess" } }, 403, "FORBIDDEN"],
  ["another method", { method: "POST" }, 405, "METHOD_NOT_ALLOWED"],
  ["no token", { claims: null }, 401, "UNAUTHENTICATED"],
  ["no proper id", { path: { assetId: "../x" } }, 400, "ASSET_ID_INVALID"],
])("with %s no table is read", async (_, more, status, error) => {
  const { get, asked } = setup();
  expect([await get(more), asked]).toEqual([[status, expect.objectContaining({ error })], []]);
});
