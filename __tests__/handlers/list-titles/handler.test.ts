import { encodeCursor } from "../../../handlers/list-titles/cursor";
import { makeHandler } from "../../../handlers/list-titles/handler";
import type { Catalogue, PublishedTitle } from "../../../handlers/shared/catalogue";
import { VIEWER_COUNTRY_HEADER } from "../../../handlers/shared/headers";
import { httpEvent, SECRET } from "../support/http-event";
import { recordedLog } from "../support/recorded-log";
import { NOW } from "../support/titles";

const ITEM = { assetId: "night-0123456789ab", title: "Night", publishedAt: "2030-01-02T03:04:05.000Z" };
const POSITION = { publishedAt: ITEM.publishedAt, assetId: ITEM.assetId };

type Pages = Awaited<ReturnType<Catalogue["published"]>>[];

/** A catalogue that answers with one page after the other; the last again and again. */
function setup(next?: typeof POSITION, pages: Pages = [{ items: [ITEM], next }], allowed: string[] = []) {
  const asked: unknown[] = [];
  const { log, codes } = recordedLog();
  const published: Catalogue["published"] = (...args) => {
    asked.push(args);
    const page = pages[Math.min(asked.length, pages.length) - 1];
    return page ? Promise.resolve(page) : Promise.reject(new Error("no page was expected to be asked for"));
  };
  const countries = { allowed, blocked: [] };
  const handler = makeHandler({ catalogue: { published }, originSecret: SECRET, countries, now: () => NOW, log });
  const get = (query?: object, more: object = {}) => handler(httpEvent("GET /api/titles", { query, ...more }));
  return { handler, get, asked, codes };
}

test("titles come with a cursor while there are more", async () => {
  const { get, asked } = setup(POSITION);
  expect(await get({ limit: "1" })).toEqual({
    statusCode: 200,
    headers: { "content-type": "application/json", "cache-control": "no-store" },
    body: JSON.stringify({ items: [ITEM], cursor: encodeCursor(POSITION) }),
  });
  expect(asked).toEqual([[1, undefined]]);
});

test("the last page has no cursor, and a page is of twenty unless another number is asked for", async () => {
  const { get, asked } = setup();
  expect(JSON.parse((await get()).body)).toEqual({ items: [ITEM] });
  expect(asked).toEqual([[20, undefined]]);
});

test("a cursor goes on where the page before ended", async () => {
  const { get, asked } = setup();
  await get({ limit: "7", cursor: encodeCursor(POSITION) });
  expect(asked).toEqual([[7, POSITION]]);
});

test.each(["0", "101", "-1", "1.5", "", "ten", "1e1"])("limit=%s is refused", async (limit) => {
  const { get, asked } = setup();
  const answer = await get({ limit });
  expect([answer.statusCode, JSON.parse(answer.body)]).toEqual([
    400,
    { error: "LIMIT_INVALID", message: "limit must be a whole number from 1 to 100." },
  ]);
  expect(asked).toEqual([]);
});

test.each(["", "x", "eyJ9"])("cursor=%s is refused", async (cursor) => {
  const { get, asked } = setup();
  const answer = await get({ cursor });
  expect([answer.statusCode, JSON.parse(answer.body)]).toEqual([
    400,
    { error: "CURSOR_INVALID", message: "cursor must be the one that the page before gave." },
  ]);
  expect(asked).toEqual([]);
});

test("another method is refused", async () => {
  const answer = await setup().get({}, { method: "POST" });
  expect([answer.statusCode, answer.headers.allow]).toEqual([405, "GET"]);
});

test("past the edge there is no list", async () => {
  const { get, asked, codes } = setup();
  const answer = await get({}, { headers: { "x-vod-origin-secret": "guess" } });
  expect([answer.statusCode, JSON.parse(answer.body)]).toEqual([
    403,
    { error: "FORBIDDEN", message: "Requests are accepted through the CDN only." },
  ]);
  expect([asked, codes]).toEqual([[], ["ORIGIN_SECRET_WRONG"]]);
});

test.each([
  ["no token", null],
  ["a token of nobody", { sub: "" }],
  ["a token whose subject is no text", { sub: 7 }],
])("by %s there is no list, should a route have lost its authorizer", async (_, claims) => {
  const { get, asked } = setup();
  const answer = await get({}, { claims });
  expect([answer.statusCode, JSON.parse(answer.body)]).toEqual([
    401,
    { error: "UNAUTHENTICATED", message: "Send a bearer token that names a viewer (claim sub)." },
  ]);
  expect(asked).toEqual([]);
});

describe("of what the index gives", () => {
  const at = (ms: number) => new Date(NOW + ms).toISOString();
  const item = (name: string, licence?: PublishedTitle["licence"]): PublishedTitle => ({
    assetId: `${name}-0123456789ab`,
    title: name,
    publishedAt: ITEM.publishedAt,
    licence,
  });
  const positionOf = ({ publishedAt, assetId }: PublishedTitle) => ({ publishedAt, assetId });
  const namesIn = (body: string) =>
    (JSON.parse(body) as { items: { title: string }[] }).items.map(({ title }) => title);

  test("only what is on offer here and now is listed", async () => {
    const items = [
      item("open"),
      item("early", { notBefore: at(1) }),
      item("late", { notAfter: at(0) }),
      item("here", { allowedCountries: ["DE"] }),
      item("elsewhere", { allowedCountries: ["US"] }),
      item("blocked", { blockedCountries: ["DE"] }),
    ];
    const headers = { [VIEWER_COUNTRY_HEADER]: "DE" };
    expect(namesIn((await setup(undefined, [{ items }]).get({}, { headers })).body)).toEqual(["open", "here"]);
    expect(namesIn((await setup(undefined, [{ items }]).get()).body)).toEqual(["open"]);
    expect(namesIn((await setup(undefined, [{ items }], ["US"]).get({}, { headers })).body)).toEqual([]);
  });

  test("viewers see what a title asks for, and not where else it is shown", async () => {
    const licence = {
      required: true,
      collection: "noir",
      institutionOnly: true,
      notAfter: at(5),
      blockedCountries: ["US"],
    };
    const { get } = setup(undefined, [{ items: [item("night", licence)] }]);
    const { body } = await get({}, { headers: { [VIEWER_COUNTRY_HEADER]: "DE" } });
    expect(JSON.parse(body)).toEqual({
      items: [
        {
          assetId: "night-0123456789ab",
          title: "night",
          publishedAt: ITEM.publishedAt,
          licenceRequired: true,
          institutionOnly: true,
          availableUntil: at(5),
        },
      ],
    });
  });

  test("a page is filled from the next ones, and goes on behind the last title that it shows", async () => {
    const hidden = (name: string) => item(name, { notAfter: at(0) });
    const [b, c] = [item("b"), item("c")];
    const pages: Pages = [
      { items: [item("a"), hidden("x")], next: positionOf(hidden("x")) },
      { items: [b, c], next: positionOf(c) },
    ];
    const { get, asked } = setup(undefined, pages);
    const { body } = await get({ limit: "2" });
    expect([namesIn(body), (JSON.parse(body) as { cursor: string }).cursor]).toEqual([
      ["a", "b"],
      encodeCursor(positionOf(b)),
    ]);
    expect(asked).toEqual([
      [2, undefined],
      [2, positionOf(hidden("x"))],
    ]);
  });

  test("where nearly everything is hidden, a request asks for five pages at most and leaves a cursor", async () => {
    const hidden = item("x", { notAfter: at(0) });
    const { get, asked } = setup(undefined, [{ items: [hidden], next: positionOf(hidden) }]);
    expect(JSON.parse((await get()).body)).toEqual({ items: [], cursor: encodeCursor(positionOf(hidden)) });
    expect(asked).toHaveLength(5);
  });
});
