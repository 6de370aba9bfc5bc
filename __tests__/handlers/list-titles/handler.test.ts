import { encodeCursor } from "../../../handlers/list-titles/cursor";
import { makeHandler } from "../../../handlers/list-titles/handler";
import type { Catalogue } from "../../../handlers/shared/catalogue";
import { httpEvent, SECRET } from "../support/http-event";
import { recordedLog } from "../support/recorded-log";

const ITEM = { assetId: "night-0123456789ab", title: "Night", publishedAt: "2030-01-02T03:04:05.000Z" };
const POSITION = { publishedAt: ITEM.publishedAt, assetId: ITEM.assetId };

function setup(next?: typeof POSITION) {
  const asked: unknown[] = [];
  const { log, codes } = recordedLog();
  const published: Catalogue["published"] = (...args) => {
    asked.push(args);
    return Promise.resolve({ items: [ITEM], next });
  };
  const handler = makeHandler({ catalogue: { published }, originSecret: SECRET, log });
  const get = (query?: object, more: object = {}) => handler(httpEvent("GET /api/titles", { query, ...more }));
  return { handler, get, asked, codes };
}

test("titles come with a cursor while there are more", async () => {
  const { get, asked } = setup(POSITION);
  expect(await get()).toEqual({
    statusCode: 200,
    headers: { "content-type": "application/json", "cache-control": "no-store" },
    body: JSON.stringify({ items: [ITEM], cursor: encodeCursor(POSITION) }),
  });
  expect(asked).toEqual([[20, undefined]]);
});

test("the last page has no cursor", async () => {
  expect(JSON.parse((await setup().get()).body)).toEqual({ items: [ITEM] });
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
