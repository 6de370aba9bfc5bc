import { explain } from "../../../local/player/problem";
import { ok, refused } from "../../../local/player/result";
import { HIGH, LOW, PLAYBACK, setUp } from "./playback-harness";

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
