import { makeHandler } from "../../../handlers/end-session/handler";
import { httpEvent, SECRET } from "../support/http-event";
import { recordedLog } from "../support/recorded-log";
import { ASSET, NOW } from "../support/titles";

const SESSION = "f47ac10b-58cc-4372-a567-0e02b2c3d479";

function setup() {
  const ended: unknown[] = [];
  const { log, codes } = recordedLog();
  const handler = makeHandler({
    sessions: { end: (ask) => Promise.resolve(void ended.push(ask)) },
    originSecret: SECRET,
    cookieSeconds: 300,
    now: () => NOW,
    log,
  });
  const ask = (more: Parameters<typeof httpEvent>[1] = {}) =>
    handler(
      httpEvent("DELETE /play/{assetId}/sessions/{session}", { path: { assetId: ASSET, session: SESSION }, ...more }),
    );
  return { ask, ended, codes };
}

test("a session is ended for the viewer of the token, and remembered for a cookie's life", async () => {
  const { ask, ended, codes } = setup();
  expect(await ask()).toEqual({ statusCode: 204, headers: { "cache-control": "no-store" }, body: "" });
  expect(ended).toEqual([{ viewerId: "viewer-1", session: SESSION, now: NOW, until: NOW + 300_000 }]);
  expect(codes).toEqual(["SESSION_ENDED"]);
});

test.each([
  ["a wrong secret", { headers: { "x-vod-origin-secret": "guess" } }, 403, "FORBIDDEN"],
  ["another method", { method: "POST" }, 405, "METHOD_NOT_ALLOWED"],
  ["no token", { claims: null }, 401, "UNAUTHENTICATED"],
  ["no proper id", { path: { assetId: "../x", session: SESSION } }, 400, "ASSET_ID_INVALID"],
  ["no session", { path: { assetId: ASSET } }, 400, "SESSION_INVALID"],
  ["a session that is none", { path: { assetId: ASSET, session: "slots.x#y" } }, 400, "SESSION_INVALID"],
])("with %s nothing is ended", async (_, more, status, error) => {
  const { ask, ended } = setup();
  const answer = await ask(more);
  expect([answer.statusCode, JSON.parse(answer.body), ended]).toEqual([status, expect.objectContaining({ error }), []]);
});
