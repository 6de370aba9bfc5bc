import fc from "fast-check";
import { makeHandler as makeEdit } from "../../handlers/edit-title/handler";
import { makeHandler as makeEnd } from "../../handlers/end-session/handler";
import { makeHandler as makeGet } from "../../handlers/get-title/handler";
import { makeHandler as makeList } from "../../handlers/list-titles/handler";
import { makeHandler as makeMint, type Deps } from "../../handlers/mint-playback/handler";
import type { HttpResponse } from "../../handlers/shared/http";
import { SETTINGS } from "../handlers/mint-playback/setup";
import { httpEvent, SECRET } from "../handlers/support/http-event";
import { ASSET, NOW, title, version } from "../handlers/support/titles";
import { unexpected } from "../handlers/support/unexpected";

const log = (): void => undefined;
const now = (): number => NOW;
const PLAYBACK = { prefix: "hash", hls: "/v1/hash/h/m/index.m3u8", dash: "/v1/hash/d/m/index.mpd" };
const PLAYING = title([version("20", { status: "PUBLISHED", playback: PLAYBACK })], {
  playing: "20",
  publishState: "PUBLISHED",
  publishedAt: "2029-01-01T00:00:00.000Z",
});

/** The mint for a viewer who holds nothing: whatever they send, they must get no cookie and touch no key. */
const mint = makeMint({
  catalogue: { read: (id) => Promise.resolve(id === ASSET ? PLAYING : undefined) },
  entitlements: () => Promise.resolve({}),
  sessions: unexpected<Deps["sessions"]>("sessions"),
  signingKey: () => Promise.reject(new Error("the signing key was not expected to be read")),
  now,
  log,
  settings: SETTINGS,
});
const edit = makeEdit({
  catalogue: { change: () => Promise.reject(new Error("no title was expected to be changed")) },
  originSecret: SECRET,
  groupsClaim: "cognito:groups",
  now,
  log,
});

type Handler = (event: unknown) => Promise<HttpResponse>;

/** Every handler of the API, without an editor's role and without an entitlement. */
const HANDLERS: readonly [route: string, handler: Handler, admits: boolean][] = [
  ["POST /play/{assetId}", mint, false],
  ["POST /api/titles/{assetId}/publish", edit, false],
  ["POST /api/titles/{assetId}/withdraw", edit, false],
  ["PUT /api/titles/{assetId}/licence", edit, false],
  ["DELETE /play/{assetId}/sessions/{session}", makeEnd({ sessions: { end: () => Promise.resolve() }, originSecret: SECRET, cookieSeconds: 300, now, log }), true], // prettier-ignore
  ["GET /api/titles/{assetId}", makeGet({ catalogue: { read: () => Promise.resolve(undefined) }, originSecret: SECRET, countries: SETTINGS.countries, groupsClaim: "cognito:groups", now, log }), true], // prettier-ignore
  ["GET /api/titles", makeList({ catalogue: { published: () => Promise.resolve({ items: [] }) }, originSecret: SECRET, countries: SETTINGS.countries, now, log }), true], // prettier-ignore
];

const text = fc.oneof(fc.string({ maxLength: 200 }), fc.string({ unit: "binary", maxLength: 60 }), fc.constant(""));
const texts = fc.dictionary(fc.oneof(fc.constantFrom("assetId", "session", "limit", "cursor"), text), text, {
  maxKeys: 4,
});
const names = fc.constantFrom("cloudfront-viewer-country", "cloudfront-viewer-address", "authorization", "x-viewer");
const call = fc.record({
  path: fc.oneof(texts, fc.constant({ assetId: ASSET }), fc.record({ assetId: fc.constant(ASSET), session: text })),
  query: texts,
  headers: fc.dictionary(names, text, { maxKeys: 3 }),
  body: fc.oneof(
    text,
    fc.json(),
    fc.jsonValue().map((session) => JSON.stringify({ session })),
  ),
  base64: fc.boolean(),
});

/** Bodies, ids, queries and headers at random: refused with an answer of the handler's own, and never thrown. */
export async function randomCalls(numRuns: number): Promise<void> {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...HANDLERS), call, async ([route, handler, admits], more) => {
      const { statusCode, cookies = [] } = await handler(httpEvent(route, more));
      expect(cookies).toEqual([]);
      expect(statusCode).toBeLessThan(500);
      if (!admits) expect(statusCode).toBeGreaterThanOrEqual(400);
    }),
    { numRuns },
  );
}

/** Whatever stands in for the edge's secret, and events that are no requests at all: refused, all of them. */
export async function randomSecrets(numRuns: number): Promise<void> {
  const stranger = fc.oneof(
    fc.jsonValue(),
    fc
      .tuple(call, text)
      .map(([more, secret]) =>
        httpEvent("POST /play/{assetId}", { ...more, headers: { ...more.headers, "x-vod-origin-secret": secret } }),
      ),
  );
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...HANDLERS), stranger, async ([, handler], event) => {
      expect((await handler(event)).statusCode).toBe(403);
    }),
    { numRuns },
  );
}
