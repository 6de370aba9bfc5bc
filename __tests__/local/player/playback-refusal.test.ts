import { explain } from "../../../local/player/problem";
import { ok, refused } from "../../../local/player/result";
import { PLAYBACK, settled, setUp } from "./playback-harness";

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
