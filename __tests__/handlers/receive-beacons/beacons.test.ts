import { readBeacons } from "../../../handlers/receive-beacons/beacons";
import { ASSET } from "../support/titles";

const SESSION = "f47ac10b-58cc-4372-a567-0e02b2c3d479";
const HERE = { receivedAt: "2026-01-02T03:04:05.000Z", country: "NL", device: "tv", sampleShare: 0.5 };
const PLAYED = { number: 2, event: "played", positionSeconds: 7.5, watchedSeconds: 7, rebuffers: 1, rebufferSeconds: 0.5, rendition: 480 }; // prettier-ignore
const batch = (...events: object[]) => ({
  session: SESSION,
  assetId: ASSET,
  protocol: "hls",
  engine: "hls.js",
  events,
});

test("every kind of event becomes a row, with what the API knows of it besides", () => {
  const events = [
    { number: 1, event: "start", positionSeconds: 0, startupSeconds: 0.812, rendition: 240 },
    PLAYED,
    { number: 3, event: "switch", positionSeconds: 7.5, previousRendition: 480, rendition: 720 },
    { number: 4, event: "error", positionSeconds: 8, code: "NETWORK" },
    { number: 5, event: "end", positionSeconds: 8, reason: "failed" },
  ];
  const about = {
    received_at: "2026-01-02T03:04:05.000Z",
    session_id: SESSION,
    asset_id: ASSET,
    protocol: "hls",
    engine: "hls.js",
    country: "NL",
    device: "tv",
    sample_share: 0.5,
  };
  const read = readBeacons(batch(...events), HERE);
  expect(read.ok && (JSON.parse(JSON.stringify(read.value)) as unknown)).toEqual([
    { ...about, event_number: 1, event: "start", position_seconds: 0, startup_seconds: 0.812, rendition: 240 },
    { ...about, event_number: 2, event: "played", position_seconds: 7.5, watched_seconds: 7, rebuffers: 1, rebuffer_seconds: 0.5, rendition: 480 }, // prettier-ignore
    { ...about, event_number: 3, event: "switch", position_seconds: 7.5, previous_rendition: 480, rendition: 720 },
    { ...about, event_number: 4, event: "error", position_seconds: 8, code: "NETWORK" },
    { ...about, event_number: 5, event: "end", position_seconds: 8, reason: "failed" },
  ]);
});

test("a playback that never got as far has neither protocol nor engine", () => {
  const error = { number: 1, event: "error", positionSeconds: 0, code: "SUBSCRIPTION_REQUIRED" };
  expect(readBeacons({ session: SESSION, assetId: ASSET, events: [error] }, HERE).ok).toBe(true);
});

test.each([
  ["no session", { session: "short" }, 'session must be 16 to 64 letters, digits, hyphens or underscores, got "short"'],
  ["no title", { assetId: "../x" }, 'assetId must be an id from the list of titles, got "../x"'],
  ["another protocol", { protocol: "rtmp" }, 'protocol must be hls or dash or cmaf, got "rtmp"'],
  ["another engine", { engine: 7 }, "engine must be hls.js or dash.js or native, got 7"],
  ["no events", { events: [] }, "events must be a list of 1 to 50 events, got a list"],
  ["too many events", { events: Array(51).fill(PLAYED) }, "events must be a list of 1 to 50 events, got a list"],
  ["more than is asked", { email: "a@example.com" }, "email is not known, allowed are session, assetId, protocol, engine, events"], // prettier-ignore
])("with %s the batch is refused", (_, change, problem) => {
  expect(readBeacons({ ...batch(PLAYED), ...change }, HERE)).toEqual({ ok: false, problem });
});

test.each([
  [{ ...PLAYED, event: "seek" }, 'events[0].event must be start or played or switch or error or end, got "seek"'],
  [{ ...PLAYED, event: "toString" }, 'events[0].event must be start or played or switch or error or end, got "toString"'], // prettier-ignore
  [{ ...PLAYED, number: 0 }, "events[0].number must be a whole number from 1 to 1000000, got 0"],
  [{ ...PLAYED, positionSeconds: -1 }, "events[0].positionSeconds must be a number from 0 to 172800, got -1"],
  [{ ...PLAYED, watchedSeconds: 7201 }, "events[0].watchedSeconds must be a number from 0 to 7200, got 7201"],
  [{ ...PLAYED, rebuffers: 1.5 }, "events[0].rebuffers must be a whole number from 0 to 1000, got 1.5"],
  [{ ...PLAYED, rebufferSeconds: undefined }, "events[0].rebufferSeconds must be a number from 0 to 7200, got nothing"],
  [{ ...PLAYED, rendition: "720p" }, 'events[0].rendition must be a whole number from 1 to 10000, got "720p"'],
  [{ ...PLAYED, code: "NETWORK" }, "events[0].code is not known, allowed are number, event, positionSeconds, watchedSeconds, rebuffers, rebufferSeconds, rendition"], // prettier-ignore
  [{ number: 1, event: "start", positionSeconds: 0, startupSeconds: 601 }, "events[0].startupSeconds must be a number from 0 to 600, got 601"], // prettier-ignore
  [{ number: 1, event: "switch", positionSeconds: 0, rendition: 720 }, "events[0].previousRendition must be a whole number from 1 to 10000, got nothing"], // prettier-ignore
  [{ number: 1, event: "error", positionSeconds: 0, code: "me@example.com" }, 'events[0].code must be a code of capitals, digits and underscores, got "me@example.com"'], // prettier-ignore
  [{ number: 1, event: "end", positionSeconds: 0, reason: "bored" }, 'events[0].reason must be ended or left or failed, got "bored"'], // prettier-ignore
])("the event %j is refused", (event, problem) => {
  expect(readBeacons(batch(event), HERE)).toEqual({ ok: false, problem });
});

test("of many problems ten are named", () => {
  const wrong = Array.from({ length: 12 }, () => ({ ...PLAYED, number: 0 }));
  expect(readBeacons(batch(...wrong), HERE)).toMatchObject({ problem: expect.stringMatching(/; and 2 more$/) });
});
