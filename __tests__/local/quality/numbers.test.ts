import { numbersOf } from "../../../local/quality/numbers";
import { HEARD } from "./beacons";

const numbers = numbersOf(HEARD);

test("plays and time watched are estimated from the share that reports", () => {
  expect(numbers.titles).toEqual([
    { name: "first-light-0123456789ab", plays: 3, watchedSeconds: 110 },
    { name: "other-0123456789ab", plays: 1, watchedSeconds: 0 },
  ]);
  expect(numbers.countries).toEqual([
    { name: "NL", plays: 2, watchedSeconds: 90 },
    { name: "DE", plays: 2, watchedSeconds: 20 },
  ]);
  expect(numbers.devices.map(({ name }) => name)).toEqual(["desktop", "tv"]);
});

test("start-up is told by protocol, in percentiles of what was measured", () => {
  expect(numbers.startUp).toEqual([
    { protocol: "hls", plays: 2, p50: 1, p95: 2, p99: 2 },
    { protocol: "dash", plays: 1, p50: 3, p95: 3, p99: 3 },
  ]);
  const hundred = Array.from({ length: 100 }, (_, at) => ({
    event: "start",
    protocol: "hls",
    startup_seconds: at + 1,
  }));
  expect(numbersOf(hundred).startUp).toEqual([{ protocol: "hls", plays: 100, p50: 50, p95: 95, p99: 99 }]);
});

test("the rebuffering ratio is what was waited for of the time that was meant to be watched", () => {
  expect(numbers.byRendition).toEqual([
    { name: "240", ratio: 0.25, rebuffers: 1, watchedSeconds: 30 },
    { name: "720", ratio: 0, rebuffers: 0, watchedSeconds: 70 },
  ]);
  expect(numbers.byCountry).toEqual([
    { name: "NL", ratio: 0.1, rebuffers: 1, watchedSeconds: 90 },
    { name: "DE", ratio: 0, rebuffers: 0, watchedSeconds: 10 },
  ]);
  const nothing = numbersOf([{ event: "played", watched_seconds: 0, rebuffers: 0, rebuffer_seconds: 0 }]);
  expect(nothing.byCountry).toEqual([{ name: "unknown", ratio: undefined, rebuffers: 0, watchedSeconds: 0 }]);
});

test("errors are counted, and the playbacks that had them", () => {
  expect(numbers.errors).toEqual([{ code: "NETWORK", errors: 1, sessions: 1 }]);
});

test("a playback is one row, the newest first", () => {
  expect(numbers.sessions.find(({ session }) => session === "session-one-0000")).toEqual({
    session: "session-one-0000",
    title: "first-light-0123456789ab",
    since: "2026-01-02T03:04:00.000Z",
    protocol: "hls",
    engine: "hls.js",
    country: "NL",
    device: "desktop",
    startupSeconds: 1,
    watchedSeconds: 90,
    rebuffers: 1,
    rebufferSeconds: 10,
    switches: 1,
    rendition: 720,
    positionSeconds: 40,
    errors: [],
    end: "ended",
  });
  expect(numbers.sessions.find(({ session }) => session === "session-two-0000")).toMatchObject({
    errors: ["NETWORK"],
    end: "failed",
  });
  const later = { session_id: "later", event: "start", received_at: "2026-01-03T00:00:00.000Z" };
  expect(numbersOf([...HEARD, later]).sessions[0]?.session).toBe("later");
});
