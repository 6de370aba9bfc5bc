import { EDIT_ROUTES } from "../../../handlers/edit-title/contract";
import { makeHandler } from "../../../handlers/edit-title/handler";
import type { Title } from "../../../handlers/shared/title";
import { httpEvent, SECRET } from "../support/http-event";
import { memoryCatalogue } from "../support/memory-catalogue";
import { recordedLog } from "../support/recorded-log";
import { ASSET, NOW, NOW_ISO, title, version } from "../support/titles";

const READY = version("20", {
  status: "READY",
  playback: { prefix: "h" },
  poster: "/posters/p.jpg",
  durationSeconds: 9,
});
const EDITOR = { sub: "ed", "cognito:groups": "[editors]" };

function setup(...titles: Title[]) {
  const catalogue = memoryCatalogue(...titles);
  const { log, entries } = recordedLog();
  let writes = 0;
  const handler = makeHandler({
    catalogue: {
      change: (assetId, decide) =>
        catalogue.change(assetId, (found) => {
          const decision = decide(found);
          if (decision.write) writes += 1;
          return decision;
        }),
    },
    originSecret: SECRET,
    groupsClaim: "cognito:groups",
    now: () => NOW,
    log,
  });
  const ask = async (action: keyof typeof EDIT_ROUTES, more: Parameters<typeof httpEvent>[1] = {}) => {
    const event = httpEvent(EDIT_ROUTES[action], { path: { assetId: ASSET }, claims: EDITOR, ...more });
    const answer = await handler(event);
    return [answer.statusCode, JSON.parse(answer.body) as Record<string, unknown>] as const;
  };
  const license = (body: unknown) => ask("license", { body: JSON.stringify(body) });
  return { ask, license, catalogue, entries, writes: () => writes };
}

test("publishing gives viewers what waits for an editor", async () => {
  const { ask, catalogue, entries } = setup(title([READY]));
  expect(await ask("publish")).toEqual([
    200,
    {
      assetId: ASSET,
      title: "night",
      publishState: "PUBLISHED",
      publishedAt: NOW_ISO,
      licence: {},
      playing: "20",
      ready: "20",
      latest: { version: "20", status: "PUBLISHED", at: { READY: NOW_ISO, PUBLISHED: NOW_ISO } },
    },
  ]);
  expect(catalogue.only()).toMatchObject({
    publishState: "PUBLISHED",
    publishedAt: NOW_ISO,
    playing: "20",
    poster: "/posters/p.jpg",
    durationSeconds: 9,
  });
  expect(entries).toEqual([{ code: "TITLE_PUBLISHED", fields: { assetId: ASSET, editor: "ed" } }]);
});

test("publishing twice is publishing once", async () => {
  const { ask, writes } = setup(title([READY]));
  const [first, second] = [await ask("publish"), await ask("publish")];
  expect([second, writes()]).toEqual([first, 1]);
});

test("publishing moves playback to the newest version that can be watched", async () => {
  const old = version("10", { status: "PUBLISHED" });
  const failed = version("30", { status: "FAILED" });
  const { ask, catalogue } = setup(title([old, READY, failed], { publishState: "PUBLISHED", playing: "10" }));
  expect((await ask("publish"))[0]).toBe(200);
  expect(catalogue.only().playing).toBe("20");
});

test("nothing to watch is nothing to publish", async () => {
  const { ask, catalogue, entries } = setup(title([version("20", { status: "TRANSCODING" })]));
  expect(await ask("publish")).toEqual([
    409,
    { error: "TITLE_NOT_READY", message: "No version of this title can be watched yet." },
  ]);
  expect(catalogue.only().publishState).toBeUndefined();
  expect(entries).toEqual([
    { code: "EDIT_REFUSED", fields: { assetId: ASSET, reason: "not-ready", route: EDIT_ROUTES.publish } },
  ]);
});

test("a title is withdrawn at any stage, once, and published again with its first publication's date", async () => {
  const before = "2029-01-01T00:00:00.000Z";
  const live = title([READY], { publishState: "PUBLISHED", publishedAt: before, playing: "20" });
  const { ask, catalogue, writes } = setup(live);
  const [first, second] = [await ask("withdraw"), await ask("withdraw")];
  expect(first).toMatchObject([200, { publishState: "WITHDRAWN", withdrawnAt: NOW_ISO, publishedAt: before }]);
  expect([second, writes()]).toEqual([first, 1]);
  await ask("publish");
  expect(catalogue.only()).toMatchObject({ publishState: "PUBLISHED", publishedAt: before });
  expect(catalogue.only().withdrawnAt).toBeUndefined();

  const early = setup(title([version("20", { status: "TRANSCODING" })]));
  expect(await early.ask("withdraw")).toMatchObject([200, { publishState: "WITHDRAWN" }]);
});

test("a licence is set whole: what the new terms do not say is no longer asked", async () => {
  const { license, catalogue } = setup(title([READY], { licence: { required: true, collection: "noir" } }));
  const terms = {
    institutionOnly: true,
    notBefore: "2030-01-31T18:00:00+01:00",
    notAfter: "2030-02-28T00:00:00Z",
    allowedCountries: ["NL", "DE", "NL"],
    blockedCountries: [],
  };
  const kept = {
    institutionOnly: true,
    notBefore: "2030-01-31T17:00:00.000Z",
    notAfter: "2030-02-28T00:00:00.000Z",
    allowedCountries: ["DE", "NL"],
    blockedCountries: [],
  };
  expect(await license(terms)).toMatchObject([200, { licence: kept }]);
  expect(catalogue.only().licence).toEqual(kept);
  expect(await license({})).toMatchObject([200, { licence: {} }]);
  expect(catalogue.only().licence).toBeUndefined();
});

test("every problem of a licence is told at once, and nothing is written", async () => {
  const { license, writes } = setup(title([READY]));
  const [status, body] = await license({
    required: "yes",
    collection: "Film Noir",
    notBefore: "2030-02-30",
    notAfter: "tomorrow",
    allowedCountries: ["de"],
    blockedCountries: "US",
    price: 3,
    constructor: 1,
  });
  expect([status, body, writes()]).toEqual([
    400,
    {
      error: "LICENCE_INVALID",
      message:
        "required must be true or false; collection must be 1 to 60 lower-case letters, digits and hyphens; " +
        "notBefore must be a time with its zone, such as 2030-01-31T18:00:00Z; " +
        "notAfter must be a time with its zone, such as 2030-01-31T18:00:00Z; " +
        "allowedCountries must be a list of two-letter country codes in capitals; " +
        "blockedCountries must be a list of two-letter country codes in capitals; " +
        '"price" is no term; allowed are required, collection, institutionOnly, notBefore, notAfter, allowedCountries, blockedCountries; ' +
        '"constructor" is no term; allowed are required, collection, institutionOnly, notBefore, notAfter, allowedCountries, blockedCountries.',
    },
    0,
  ]);
});

test.each([
  [
    "a window that ends before it begins",
    '{"notBefore":"2030-02-01T00:00Z","notAfter":"2030-02-01T00:00Z"}',
    "notAfter must be later than notBefore.",
  ],
  ["no body", "", "the body must be JSON; {} for no terms"],
  ["text", "{", "the body must be JSON"],
  ["a list", "[]", "the body must be a JSON object"],
])("%s is no licence", async (_, body, message) => {
  const { ask, writes } = setup(title([READY]));
  expect([await ask("license", { body }), writes()]).toEqual([[400, { error: "LICENCE_INVALID", message }], 0]);
});

test.each(["publish", "withdraw"] as const)("%s of a title that is not there is told so", async (action) => {
  expect(await setup().ask(action)).toEqual([404, { error: "TITLE_NOT_FOUND", message: "There is no such title." }]);
});

test("a licence of a title that is not there is told so", async () => {
  expect((await setup().license({}))[0]).toBe(404);
});

test.each([
  ["no role", { sub: "ann" }],
  ["another role", { sub: "ann", "cognito:groups": "[producers]" }],
  ["a role of a like name", { sub: "ann", "cognito:groups": "[subeditors editors2]" }],
  ["the role in another claim", { sub: "ann", roles: "[editors]" }],
])("who has %s changes nothing", async (_, claims) => {
  const { ask, writes, entries } = setup(title([READY]));
  expect([await ask("withdraw", { claims }), writes()]).toEqual([
    [403, { error: "EDITOR_REQUIRED", message: "Only who has the role editors may change titles." }],
    0,
  ]);
  expect(entries.map(({ code }) => code)).toEqual(["EDIT_REFUSED"]);
});

test.each([
  ["a wrong secret", { headers: { "x-vod-origin-secret": "guess" } }, 403, "FORBIDDEN"],
  ["no token", { claims: null }, 401, "UNAUTHENTICATED"],
  ["no proper id", { path: { assetId: "../x" } }, 400, "ASSET_ID_INVALID"],
])("with %s nothing is changed", async (_, more, status, error) => {
  const { ask, writes } = setup(title([READY]));
  expect([await ask("publish", more), writes()]).toEqual([[status, expect.objectContaining({ error })], 0]);
});
