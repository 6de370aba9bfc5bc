import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startPlatform, type Platform } from "../../local/platform";
import type { ReadyReport } from "../../local/report";
import { openSecrets } from "../../local/secrets";
import { CONTROLS } from "../attacks/attack";
import { surprises, type Surprise } from "../attacks/attacked";
import { MUTATIONS, type Resources } from "../attacks/mutations";
import { ATTACKS } from "../attacks/rows";
import { targetOf } from "../attacks/target";
import { ffmpeg, H264, makeVideo, picture } from "../system/media";
import { ROOT, start, type Running } from "../system/running";

/** What no argument of the stack switches: CloudFront's own parser, and rules that are code, tested one by one. */
const NOT_IN_THE_STACK = ["entitlement", "edge's reading"];

/** What answers alike without the row's control, and why. */
const HELD_OTHERWISE: Readonly<Record<string, readonly string[]>> = {
  "shows what a good cookie or URL does": ["unbound-other-ip", "replay-after-refresh", "withdrawn-cookie", "good-url-bad-cookie"], // prettier-ignore
  "the handlers refuse to start without a secret": ["api-no-secret", "api-empty-secret", "api-forged-viewer"],
  "S3 on one machine refuses whoever does not sign": ["source-unsigned", "packaged-unsigned", "source-listed", "packaged-listed"], // prettier-ignore
  "there is no such object to read": ["poster-traversal", "poster-unlisted"],
  "the origins read no such header": ["poisoned-headers", "poisoned-page"],
  "no error is remembered, by a setting of its own": ["refused-then-good"],
  "the token is asked for before the cache, and is part of its key": ["list-of-another", "token-of-another"],
  "a quota of API Gateway": ["token-huge"],
};

describe("an attack fails for the control that its row names", () => {
  let running: Running;
  let stackFile: string;
  const controlOf = new Map(ATTACKS.map(({ id, control }) => [id, control]));
  const moved = new Set<string>();

  beforeAll(async () => {
    running = await start(["--video", makeVideo("attacked.mp4", ...picture("426x240", 4), ...H264)]);
    await running.interrupt();
    stackFile = join(running.state, "synth", "stacks", "vod-local", "cdk.tf.json");
  }, 120_000);
  afterAll(() => running.stop(), 30_000);

  test("with the stack as it is synthesised, every attack comes to its row's answer", async () => {
    expect(await attackedWith(() => undefined)).toEqual([]);
  }, 60_000);

  test.each(MUTATIONS.map((mutation) => [mutation.control, mutation.change, mutation] as const))(
    "%s off (%s): its attacks come to something else",
    async (control, change, { fails, apply }) => {
      const found = await attackedWith(apply);
      console.log(`${change}: ${found.length} attacks come to something else\n${found.map(({ id, got }) => `  ${id}: ${got}`).join("\n")}`); // prettier-ignore
      const ids = found.map(({ id }) => id);
      for (const id of ids) if (controlOf.get(id) === control) moved.add(id);
      expect(fails.filter((id) => !ids.includes(id))).toEqual([]);
    },
    60_000,
  );

  test("every other attack on a control of the stack comes to something else without that control", () => {
    const held = ATTACKS.filter(({ id, control }) => !NOT_IN_THE_STACK.includes(control) && !moved.has(id));
    console.log(`${moved.size} attacks come to something else without their control`);
    expect(held.map(({ id }) => id).sort()).toEqual(Object.values(HELD_OTHERWISE).flat().sort());
  });

  /** The same platform, started from a copy of the stack in which something is changed. */
  async function attackedWith(change: (resources: Resources) => void): Promise<Surprise[]> {
    const stack = JSON.parse(readFileSync(stackFile, "utf8")) as { resource: Resources };
    change(stack.resource);
    const changed = join(running.state, "changed.tf.json");
    writeFileSync(changed, JSON.stringify(stack));
    const platform = await startPlatform({
      stackFile: changed,
      dist: join(ROOT, "dist"),
      state: running.state,
      secrets: openSecrets(running.state),
      ffmpeg,
      port: 0,
      onTrouble: () => undefined,
    });
    try {
      return await surprises(ATTACKS, await targetOf(reportOf(platform), running.state, changed));
    } finally {
      await platform.stop();
    }
  }

  function reportOf({ edgeAddress, tokens, aws }: Platform): ReadyReport {
    const { endpoint, region, credentials } = aws;
    const { accessKeyId, secretAccessKey } = credentials;
    const viewer = { ...running.report.viewer, app: `${edgeAddress}/app/` };
    const access = { ...running.report.aws, endpoint, region, accessKeyId, secretAccessKey };
    return { ...running.report, viewer, tokens, aws: access };
  }
});

test("every control is switched off by a mutation, or is named as one that the stack does not hold", () => {
  const switched = new Set<string>(MUTATIONS.map(({ control }) => control));
  expect(CONTROLS.filter((control) => !switched.has(control))).toEqual(NOT_IN_THE_STACK);
});

test("what a mutation must show are attacks of the control that it switches off", () => {
  const controlOf = new Map(ATTACKS.map(({ id, control }) => [id, control]));
  for (const { control, fails } of MUTATIONS) {
    expect(fails.length).toBeGreaterThan(0);
    expect(fails.filter((id) => controlOf.get(id) !== control)).toEqual([]);
  }
});
