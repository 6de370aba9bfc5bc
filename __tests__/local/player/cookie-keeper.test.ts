import { keepCookie } from "../../../local/player/cookie-keeper";
import type { Playback } from "../../../local/player/mint";
import { explain, OFFLINE } from "../../../local/player/problem";
import { ok, refused, type Result } from "../../../local/player/result";

const PLAYBACK: Playback = { assetId: "a", manifests: {}, refreshAfterSeconds: 180, holdsSlot: false };

/** A clock that runs what is due when it is moved. */
function setUp(...answers: Result<Playback>[]) {
  let now = 0;
  let timers: { at: number; task: () => void }[] = [];
  const heard: string[] = [];
  const keeper = keepCookie({
    first: PLAYBACK,
    mint: async () => {
      const answer = answers.shift();
      if (!answer) throw new Error("mint was not expected");
      heard.push(`mint at ${now / 1000}`);
      return answer;
    },
    now: () => now,
    schedule: (task, ms) => {
      const timer = { at: now + ms, task };
      timers.push(timer);
      return () => (timers = timers.filter((each) => each !== timer));
    },
    onRenewed: () => heard.push("renewed"),
    onRefused: ({ code }) => heard.push(`refused ${code}`),
    onDelayed: ({ code }, ms) => heard.push(`delayed ${code} ${ms / 1000}`),
  });
  const runTo = async (seconds: number): Promise<void> => {
    for (;;) {
      const next = timers.filter(({ at }) => at <= seconds * 1000).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      timers = timers.filter((each) => each !== next);
      now = Math.max(now, next.at);
      next.task();
      await new Promise(setImmediate);
    }
    now = seconds * 1000;
  };
  return { keeper, heard, runTo, timers: () => timers.length };
}

describe("the cookie of a title that plays", () => {
  test("is renewed each time the mint's interval is over", async () => {
    const { keeper, heard, runTo } = setUp(ok(PLAYBACK), ok({ ...PLAYBACK, refreshAfterSeconds: 60 }), ok(PLAYBACK));
    keeper.setPlaying(true);
    await runTo(179);
    expect(heard).toEqual([]);
    await runTo(421);
    expect(heard).toEqual(["mint at 180", "renewed", "mint at 360", "renewed", "mint at 420", "renewed"]);
  });

  test("is left alone while the title is paused, and renewed at once when it plays on too late", async () => {
    const { keeper, heard, runTo, timers } = setUp(ok(PLAYBACK));
    keeper.setPlaying(true);
    keeper.setPlaying(false);
    await runTo(1000);
    expect([heard, timers()]).toEqual([[], 0]);
    keeper.setPlaying(true);
    await runTo(1000);
    expect(heard).toEqual(["mint at 1000", "renewed"]);
  });

  test("is asked for again, ever less often, while nobody answers", async () => {
    const away = refused(OFFLINE);
    const { keeper, heard, runTo } = setUp(away, away, away, away, away, ok(PLAYBACK));
    keeper.setPlaying(true);
    await runTo(224);
    expect(heard.filter((line) => line.startsWith("mint"))).toEqual(
      [180, 182, 186, 194, 209, 224].map((at) => `mint at ${at}`),
    );
    expect(heard.slice(-1)).toEqual(["renewed"]);
  });

  test("waits as long as the service asks", async () => {
    const { keeper, heard, runTo } = setUp(refused(explain({ status: 429, retryAfterSeconds: 30 })), ok(PLAYBACK));
    keeper.setPlaying(true);
    await runTo(210);
    expect(heard).toEqual(["mint at 180", "delayed HTTP_429 30", "mint at 210", "renewed"]);
  });

  test.each([401, 403, 404])("is given up for good on a %i", async (status) => {
    const { keeper, heard, runTo, timers } = setUp(refused(explain({ status })));
    keeper.setPlaying(true);
    await runTo(10_000);
    expect([heard, timers()]).toEqual([["mint at 180", `refused HTTP_${status}`], 0]);
  });

  test("is renewed by one request when two ask at once", async () => {
    const { keeper, heard } = setUp(ok(PLAYBACK));
    await Promise.all([keeper.renew(), keeper.renew()]);
    expect(heard).toEqual(["mint at 0", "renewed"]);
  });

  test("says nothing more once stopped", async () => {
    const { keeper, heard, timers } = setUp(ok(PLAYBACK));
    keeper.setPlaying(true);
    const renewal = keeper.renew();
    keeper.stop();
    await renewal;
    expect([heard, timers()]).toEqual([["mint at 0"], 0]);
  });
});
