import { OFFLINE } from "../../../../local/player/problem";
import type { QualityEvent, QualitySession } from "../../../../local/player/quality/event";
import { QualityMeter } from "../../../../local/player/quality/meter";
import { INITIAL, type PlayerState, type Snapshot } from "../../../../local/player/snapshot";

const LOW = { id: "0", width: 426, height: 240, bitrate: 400_000 };
const HIGH = { id: "1", width: 1280, height: 720, bitrate: 3_000_000 };
const PLAYER = { format: "hls", engine: "hls.js" } as const;

function setUp() {
  const clock = { now: 1000, position: 0 };
  const told: (Pick<QualitySession, "session"> & Record<string, unknown>)[] = [];
  let ids = 0;
  const meter = new QualityMeter({
    assetId: "a",
    now: () => clock.now,
    position: () => clock.position,
    newId: () => `session-${++ids}`,
    onEvent: ({ session }: QualitySession, { positionSeconds: _, ...event }: QualityEvent) => told.push({ session, ...event }), // prettier-ignore
  });
  let snapshot: Snapshot = INITIAL;
  const show = (state: PlayerState, patch: Partial<Snapshot> = {}) => {
    snapshot = { ...snapshot, ...PLAYER, ...patch, state };
    meter.show(snapshot);
  };
  /** Milliseconds go by, the position with them. */
  const pass = (ms: number) => {
    clock.now += ms;
    clock.position += ms / 1000;
  };
  const start = (shown = LOW) => {
    show("loading");
    pass(800);
    show("playing", { shown });
  };
  return { meter, told, show, pass, start, clock };
}

test("start-up is the time from the request to the first picture", () => {
  const { start, told } = setUp();
  start();
  expect(told).toEqual([{ session: "session-1", number: 1, event: "start", startupSeconds: 0.8, rendition: 240 }]);
});

test("what a viewer takes to press play, where the browser wants it, is no start-up", () => {
  const { meter, show, pass, told } = setUp();
  show("loading");
  meter.blocked();
  pass(60_000);
  meter.requested();
  pass(300);
  show("playing");
  expect(told).toMatchObject([{ event: "start", startupSeconds: 0.3 }]);
});

test("time is counted while it plays, not while it is paused", () => {
  const { meter, start, show, pass, told } = setUp();
  start();
  pass(3000);
  show("paused");
  pass(60_000);
  show("playing");
  pass(1500);
  meter.cut();
  expect(told[1]).toEqual({ session: "session-1", number: 2, event: "played", watchedSeconds: 4.5, rebuffers: 0, rebufferSeconds: 0, rendition: 240 }); // prettier-ignore
  meter.cut();
  expect(told).toHaveLength(2); // nothing since
});

test("a wait in the middle is rebuffering, counted once however long it lasts", () => {
  const { meter, start, show, pass, told } = setUp();
  start();
  pass(2000);
  show("buffering");
  pass(1000);
  meter.cut();
  pass(500);
  show("playing");
  pass(1000);
  meter.cut();
  expect(told.slice(1)).toMatchObject([
    { event: "played", watchedSeconds: 2, rebuffers: 1, rebufferSeconds: 1 },
    { event: "played", watchedSeconds: 1, rebuffers: 0, rebufferSeconds: 0.5 },
  ]);
});

test("waiting for the first picture, or for another place, is not rebuffering", () => {
  const { meter, show, pass, start, told } = setUp();
  show("loading");
  show("buffering");
  pass(1000);
  start();
  meter.seeking(true);
  show("buffering");
  pass(700);
  meter.seeking(false);
  pass(100);
  show("playing");
  show("buffering"); // this one is
  pass(200);
  meter.seeking(true); // until the viewer gives up on the place
  pass(900);
  meter.cut();
  expect(told.at(-1)).toMatchObject({ event: "played", rebuffers: 1, rebufferSeconds: 0.2 });
});

test("a change of rendition is told, and what was watched before it counts for the one before", () => {
  const { meter, start, show, pass, told } = setUp();
  start();
  pass(4000);
  show("playing", { shown: HIGH });
  pass(1000);
  meter.cut();
  expect(told.slice(1)).toEqual([
    { session: "session-1", number: 2, event: "played", watchedSeconds: 4, rebuffers: 0, rebufferSeconds: 0, rendition: 240 }, // prettier-ignore
    { session: "session-1", number: 3, event: "switch", previousRendition: 240, rendition: 720 },
    { session: "session-1", number: 4, event: "played", watchedSeconds: 1, rebuffers: 0, rebufferSeconds: 0, rendition: 720 }, // prettier-ignore
  ]);
});

test.each([
  ["NETWORK", "NETWORK"],
  ["me@example.com", "OTHER"],
])("the problem %s is told by its code alone, as %s", (code, toldAs) => {
  const { show, told } = setUp();
  show("loading");
  show("failed", { problem: { ...OFFLINE, code } });
  expect(told).toEqual([
    { session: "session-1", number: 1, event: "error", code: toldAs },
    { session: "session-1", number: 2, event: "end", reason: "failed" },
  ]);
});

test("the end is told once, after what was watched until then", () => {
  const { start, show, pass, told } = setUp();
  start();
  pass(2000);
  show("stopped");
  show("stopped");
  expect(told.slice(1)).toMatchObject([
    { event: "played", watchedSeconds: 2 },
    { event: "end", reason: "left" },
  ]);
});

test("another protocol, another try and another round are playbacks of their own", () => {
  const { meter, start, show, pass, told } = setUp();
  start();
  start(); // the other protocol begins to load
  show("failed", { problem: OFFLINE });
  show("loading", { problem: undefined });
  show("playing");
  show("ended");
  pass(5000);
  meter.requested(); // plays it again
  pass(100);
  show("playing");
  const ends = told.filter(({ event }) => event === "end" || event === "start");
  expect(ends.map(({ session, event, reason, startupSeconds }) => [session, event, reason ?? startupSeconds])).toEqual([
    ["session-1", "start", 0.8],
    ["session-1", "end", "left"],
    ["session-2", "start", 0.8],
    ["session-2", "end", "failed"],
    ["session-3", "start", 0],
    ["session-3", "end", "ended"],
    ["session-4", "start", 0.1],
  ]);
});

test("a clock that jumped does not make the API refuse the whole", () => {
  const { meter, start, pass, told } = setUp();
  start();
  pass(100 * 3_600_000);
  meter.cut();
  expect(told.at(-1)).toMatchObject({ watchedSeconds: 7200 });
});
