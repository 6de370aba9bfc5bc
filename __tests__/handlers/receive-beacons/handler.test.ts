import { makeHandler } from "../../../handlers/receive-beacons/handler";
import { httpEvent, SECRET } from "../support/http-event";
import { recordedLog } from "../support/recorded-log";
import { ASSET, NOW } from "../support/titles";

const BATCH = {
  session: "f47ac10b-58cc-4372-a567-0e02b2c3d479",
  assetId: ASSET,
  events: [{ number: 1, event: "start", positionSeconds: 0, startupSeconds: 1 }],
};
const EDGE = { "cloudfront-viewer-country": "NL", "cloudfront-is-mobile-viewer": "true" };

function setup(put = (_: readonly object[]) => Promise.resolve()) {
  const kept: object[] = [];
  const { log, codes, entries } = recordedLog();
  const handler = makeHandler({
    stream: { put: (records) => (kept.push(...records), put(records)) },
    originSecret: SECRET,
    sampleShare: 1,
    now: () => NOW,
    log,
  });
  const send = (body: string, more: Parameters<typeof httpEvent>[1] = {}) =>
    handler(httpEvent("POST /api/beacons", { body, headers: EDGE, ...more }));
  return { send, kept, codes, entries };
}

test("a batch is kept with the server's time, and the country and device that the edge found; nothing of the viewer", async () => {
  const { send, kept, codes, entries } = setup();
  expect(await send(JSON.stringify(BATCH))).toEqual({
    statusCode: 202,
    headers: { "cache-control": "no-store" },
    body: "",
  });
  expect(kept).toEqual([
    expect.objectContaining({
      received_at: new Date(NOW).toISOString(),
      country: "NL",
      device: "phone",
      event: "start",
    }),
  ]);
  expect(JSON.stringify([kept, entries])).not.toContain("viewer-1");
  expect(codes).toEqual(["BEACONS_ACCEPTED"]);
});

test.each([
  ["a wrong secret", JSON.stringify(BATCH), { headers: { ...EDGE, "x-vod-origin-secret": "guess" } }, 403, "FORBIDDEN", "ORIGIN_SECRET_WRONG"], // prettier-ignore
  ["no token", JSON.stringify(BATCH), { claims: null }, 401, "UNAUTHENTICATED", undefined],
  ["8,193 bytes", " ".repeat(8193), {}, 413, "BEACONS_TOO_LARGE", "BEACONS_REFUSED"],
  ["no JSON", "{", {}, 400, "BODY_INVALID", "BEACONS_REFUSED"],
  ["nothing", "", {}, 400, "BEACONS_INVALID", "BEACONS_REFUSED"],
  ["an unknown field", JSON.stringify({ ...BATCH, name: "x" }), {}, 400, "BEACONS_INVALID", "BEACONS_REFUSED"],
])("with %s nothing is kept", async (_, body, more, status, error, code) => {
  const { send, kept, codes } = setup();
  const answer = await send(body, more);
  expect([answer.statusCode, JSON.parse(answer.body), kept]).toEqual([status, expect.objectContaining({ error }), []]);
  expect(codes).toEqual(code === undefined ? [] : [code]);
});

test("the size is told in bytes, not in letters", async () => {
  const { send } = setup();
  expect(JSON.parse((await send("ü".repeat(4097))).body)).toEqual({
    error: "BEACONS_TOO_LARGE",
    message: "The body must be 8192 bytes at most, got 8194.",
  });
});

test("what the stream does not take is the caller's to send again", async () => {
  const { send, codes } = setup(() => Promise.reject(new Error("busy")));
  await expect(send(JSON.stringify(BATCH))).rejects.toThrow("busy");
  expect(codes).toEqual([]);
});
