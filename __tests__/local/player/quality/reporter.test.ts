import type { Batch } from "../../../../local/player/quality/event";
import { type Outcome, QualityReporter } from "../../../../local/player/quality/reporter";
import { INITIAL, type PlayerState, type Snapshot } from "../../../../local/player/snapshot";
import { manualTime, settle } from "../../services/test-kit";

const LOW = { id: "0", width: 426, height: 240, bitrate: 400_000 };
const HIGH = { id: "1", width: 1280, height: 720, bitrate: 3_000_000 };

function setUp({ share = 1, random = [0] }: { share?: number; random?: number[] } = {}, ...outcomes: Outcome[]) {
  const time = manualTime();
  const sent: Batch[] = [];
  let ids = 0;
  const reporter = new QualityReporter({
    assetId: "a",
    everySeconds: 60,
    sampleShare: share,
    random: () => random.shift() ?? 0,
    now: time.clock,
    position: () => 0,
    newId: () => `session-${++ids}`,
    schedule: (task, ms) => time.timers.after(ms, task),
    send: (batch) => {
      sent.push(batch);
      return Promise.resolve(outcomes.shift() ?? "taken");
    },
  });
  const show = (state: PlayerState, patch: Partial<Snapshot> = {}) =>
    reporter.show({ ...INITIAL, format: "hls", engine: "hls.js", ...patch, state });
  const start = () => (show("loading"), show("playing"));
  const events = () => sent.map(({ events: each }) => each.map(({ event }) => event));
  return { reporter, time, sent, events, show, start };
}

test("a playback is told of at the first picture, each minute that is watched, and at the end", async () => {
  const { time, sent, events, start, show } = setUp();
  start();
  expect(events()).toEqual([["start"]]);
  await time.advance(59_000);
  expect(sent).toHaveLength(1);
  await time.advance(61_000);
  show("stopped");
  expect(events()).toEqual([["start"], ["played"], ["played"], ["end"]]);
  expect(sent[1]).toMatchObject({ session: "session-1", assetId: "a", protocol: "hls", engine: "hls.js" });
  await time.advance(600_000);
  expect(sent).toHaveLength(4);
});

test("a paused playback falls silent after what it still had to say", async () => {
  const { time, events, start, show } = setUp();
  start();
  await time.advance(30_000);
  show("paused");
  await time.advance(3_600_000);
  expect(events()).toEqual([["start"], ["played"]]);
  show("playing");
  await time.advance(60_000);
  expect(events()).toEqual([["start"], ["played"], ["played"]]);
});

test("a page that goes out of sight says what there is", async () => {
  const { reporter, time, events, start } = setUp();
  start();
  await time.advance(1000);
  reporter.flush();
  reporter.flush();
  expect(events()).toEqual([["start"], ["played"]]);
});

test("only the share that is asked for reports, each playback whole or not at all", async () => {
  const { events, start, show } = setUp({ share: 0.25, random: [0.25, 0.24] });
  start();
  show("stopped");
  expect(events()).toEqual([]);
  start();
  show("stopped");
  expect(events()).toEqual([["start"], ["end"]]);
});

test.each([
  ["failed", 2],
  ["refused", 1],
  ["taken", 1],
] as const)("what was %s is sent %i times in all", async (outcome, times) => {
  const { time, sent, start, show } = setUp({}, outcome, "taken", "failed", "failed");
  start();
  show("paused");
  await settle();
  await time.advance(50_000);
  expect(sent).toHaveLength(times);
});

test("more events than a batch takes are several batches", () => {
  const { reporter, sent, start, show } = setUp();
  start();
  for (let change = 0; change < 60; change += 1) show("playing", { shown: change % 2 ? LOW : HIGH });
  reporter.flush();
  expect(sent.map(({ events: each }) => each.length)).toEqual([1, 50, 9]);
});
