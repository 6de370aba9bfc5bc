import type { Engine, EngineEvents } from "../../../local/player/engines/engine";
import { createJournal } from "../../../local/player/journal";
import type { Playback } from "../../../local/player/mint";
import { PlaybackController, type PlaybackDeps } from "../../../local/player/playback";
import { explain } from "../../../local/player/problem";
import { ok, refused, type Result } from "../../../local/player/result";
import { INITIAL, type Snapshot } from "../../../local/player/snapshot";

const PLAYBACK: Playback = {
  assetId: "a",
  manifests: { hls: "https://cdn/v1/a/index.m3u8", dash: "https://cdn/v1/a/index.mpd" },
  refreshAfterSeconds: 180,
  holdsSlot: false,
};
const LOW = { id: "0", width: 426, height: 240, bitrate: 400_000 };
const HIGH = { id: "1", width: 1280, height: 720, bitrate: 3_000_000 };

function setUp(answers: Result<Playback>[], overrides: Partial<PlaybackDeps> = {}) {
  const clock = { now: 0, position: 0 };
  const log: string[] = [];
  const engines: EngineEvents[] = [];
  const sessions: string[] = [];
  let snapshot: Snapshot = INITIAL;
  const controller = new PlaybackController({
    newSession: () => {
      const index = sessions.push("playing") - 1;
      return {
        mint: async () => {
          const answer = answers.shift();
          if (!answer) throw new Error("mint was not expected");
          return answer;
        },
        leave: () => (sessions[index] = "left"),
      };
    },
    engineFor: (url) => (url.endsWith(".mpd") ? "dash.js" : "hls.js"),
    start: async (name, url, events, startAt): Promise<Engine> => {
      engines.push(events);
      log.push(`start ${name} ${url} at ${startAt}`);
      return {
        name,
        choose: (choice) => log.push(`choose ${choice}`),
        caption: (index) => log.push(`caption ${index}`),
        throughput: () => 5,
        recover: (failed) => log.push(`recover ${failed}`),
        destroy: () => log.push(`destroy ${name}`),
      };
    },
    position: () => clock.position,
    now: () => clock.now,
    schedule: () => () => undefined,
    journal: createJournal(
      () => clock.now,
      () => undefined,
    ),
    onChange: (next) => (snapshot = next),
    ...overrides,
  });
  const engine = (): EngineEvents => {
    const last = engines.at(-1);
    if (!last) throw new Error("no engine was started");
    return last;
  };
  return { controller, clock, log, engine, engines, sessions, snapshot: () => snapshot };
}

const settled = (): Promise<void> => new Promise(setImmediate);

describe("one playback", () => {
  test("goes from the mint to the first picture, and counts switches after it", async () => {
    const { controller, log, engine, snapshot } = setUp([ok(PLAYBACK)]);
    await controller.start();
    engine().onManifest([LOW, HIGH]);
    expect(snapshot().state).toBe("ready");
    engine().onRendition(LOW);
    engine().onRendition(LOW);
    engine().onRendition(HIGH);
    controller.media("playing");
    expect(log).toEqual(["start hls.js https://cdn/v1/a/index.m3u8 at 0"]);
    expect(snapshot()).toMatchObject({ state: "playing", format: "hls", engine: "hls.js", shown: HIGH, switches: 1 });
  });

  test("is one session over a change of protocol, and another after a new start", async () => {
    const { controller, sessions } = setUp([ok(PLAYBACK), ok(PLAYBACK)]);
    await controller.start();
    await controller.setFormat("dash");
    expect(sessions).toEqual(["playing"]);
    await controller.start();
    expect(sessions).toEqual(["left", "playing"]);
    controller.stop();
    expect(sessions).toEqual(["left", "left"]);
  });

  test("that is refused has left its session", async () => {
    const { controller, sessions, snapshot } = setUp([refused(explain({ status: 403, code: "TRIAL_EXPIRED" }))]);
    await controller.start();
    expect([sessions, snapshot().state]).toEqual([["left"], "refused"]);
  });

  test("changes protocol with the same cookie, from where it stands", async () => {
    const { controller, clock, log, engines, snapshot } = setUp([ok(PLAYBACK)]);
    await controller.start();
    clock.position = 12.5;
    await controller.setFormat("dash");
    expect(log.slice(1)).toEqual(["destroy hls.js", "start dash.js https://cdn/v1/a/index.mpd at 12.5"]);
    engines[0]?.onRendition(LOW); // the old engine's last words
    expect([snapshot().format, snapshot().shown]).toEqual(["dash", undefined]);
  });

  test("plays what there is when the wanted protocol is not", async () => {
    const { controller, snapshot } = setUp([ok({ ...PLAYBACK, manifests: { dash: "https://cdn/x.mpd" } })]);
    await controller.start("cmaf");
    expect(snapshot().format).toBe("dash");
  });

  test("hands a choice to the engine", async () => {
    const { controller, log, snapshot } = setUp([ok(PLAYBACK)]);
    await controller.start();
    controller.choose("1");
    controller.caption(0);
    expect(log.slice(1)).toEqual(["choose 1", "caption 0"]);
    expect(snapshot()).toMatchObject({ choice: "1", caption: 0 });
  });

  test.each([
    [403, "refused"],
    [401, "refused"],
    [404, "refused"],
    [409, "failed"],
    [503, "failed"],
  ])("a mint that answers %i leaves it %s, with the reason", async (status, state) => {
    const { controller, log, snapshot } = setUp([refused(explain({ status }))]);
    await controller.start();
    expect(snapshot()).toMatchObject({ state, problem: { code: `HTTP_${status}` } });
    expect(log).toEqual([]);
  });

  test("starts again from the same place, without the old problem", async () => {
    const { controller, clock, log, engine, snapshot } = setUp([ok(PLAYBACK), ok(PLAYBACK)]);
    await controller.start("dash");
    clock.position = 30;
    engine().onFailure({ kind: "network", detail: "x" });
    expect(snapshot()).toMatchObject({ state: "failed", problem: { code: "NETWORK" } });
    clock.position = 0; // the element forgot
    await controller.start();
    expect(log.at(-1)).toBe("start dash.js https://cdn/v1/a/index.mpd at 30");
    expect(snapshot().problem).toBeUndefined();
  });

  test("a browser that can play none of it is told so", async () => {
    const { controller, snapshot } = setUp([ok(PLAYBACK)], { engineFor: () => undefined });
    await controller.start();
    expect(snapshot().problem).toMatchObject({ code: "UNSUPPORTED", title: "This browser cannot play HLS" });
  });

  test("an engine whose code does not arrive is a missing connection", async () => {
    const { controller, snapshot } = setUp([ok(PLAYBACK)], { start: () => Promise.reject(new Error("404")) });
    await controller.start();
    expect(snapshot()).toMatchObject({ state: "failed", problem: { code: "NETWORK" } });
  });

  test("an engine that arrives after the viewer left is let go", async () => {
    const { controller, log } = setUp([ok(PLAYBACK)]);
    const starting = controller.start();
    controller.stop();
    await starting;
    expect(log).toEqual([]);
  });

  test("a decoder's failure is not taken for the network's", async () => {
    const { controller, engine, snapshot } = setUp([ok(PLAYBACK)]);
    await controller.start();
    engine().onFailure({ kind: "media", detail: "bufferAppendError" });
    expect(snapshot().problem).toMatchObject({ code: "MEDIA", advice: "The player reports bufferAppendError." });
  });

  test("once stopped it answers to nothing", async () => {
    const { controller, engines, snapshot } = setUp([ok(PLAYBACK)]);
    await controller.start();
    controller.stop();
    engines[0]?.onFailure({ kind: "network", detail: "late" });
    controller.media("playing");
    expect(snapshot().state).toBe("stopped");
  });
});

describe("a refusal by the edge", () => {
  test("is answered with one new cookie, and the engine goes on", async () => {
    const { controller, engine, log, snapshot } = setUp([ok(PLAYBACK), ok(PLAYBACK)]);
    await controller.start();
    engine().onAnswer(403, "Error from cloudfront");
    engine().onAnswer(403, "Error from cloudfront");
    await settled();
    expect(log.slice(1)).toEqual(["recover false"]);
    expect(snapshot()).toMatchObject({ renewals: 1, edge: { denied: 2 } });
    expect(snapshot().problem).toBeUndefined();
  });

  test("that made the engine give up meanwhile makes it start again", async () => {
    const { controller, engine, log } = setUp([ok(PLAYBACK), ok(PLAYBACK)]);
    await controller.start();
    engine().onAnswer(403, null);
    engine().onFailure({ kind: "denied", status: 403, detail: "manifestLoadError" });
    await settled();
    expect(log.slice(1)).toEqual(["recover true"]);
  });

  test("of a request that was under way is let pass", async () => {
    const { controller, clock, engine, snapshot } = setUp([ok(PLAYBACK), ok(PLAYBACK)]);
    await controller.start();
    engine().onAnswer(403, null);
    await settled();
    clock.now += 2000;
    engine().onAnswer(403, null);
    expect(snapshot().problem).toBeUndefined();
  });

  test("of the new cookie too ends playback", async () => {
    const { controller, clock, engine, log, snapshot } = setUp([ok(PLAYBACK), ok(PLAYBACK)]);
    await controller.start();
    engine().onAnswer(403, null);
    await settled();
    clock.now += 2001;
    engine().onAnswer(403, null);
    expect(snapshot()).toMatchObject({ state: "refused", problem: { code: "EDGE_DENIED" } });
    expect(log.at(-1)).toBe("destroy hls.js");
  });

  test("long after the last one is a new one", async () => {
    const { controller, clock, engine, log } = setUp([ok(PLAYBACK), ok(PLAYBACK), ok(PLAYBACK)]);
    await controller.start();
    engine().onAnswer(403, null);
    await settled();
    engine().onAnswer(200, "Hit from cloudfront");
    clock.now += 300_000;
    engine().onAnswer(403, null);
    await settled();
    expect(log.slice(1)).toEqual(["recover false", "recover false"]);
  });

  test("whose renewal the mint refuses shows the mint's reason", async () => {
    const { controller, engine, snapshot } = setUp([
      ok(PLAYBACK),
      refused(explain({ status: 403, code: "SUBSCRIPTION_EXPIRED" })),
    ]);
    await controller.start();
    engine().onAnswer(403, null);
    await settled();
    expect(snapshot()).toMatchObject({ state: "refused", problem: { code: "SUBSCRIPTION_EXPIRED" } });
  });
});
