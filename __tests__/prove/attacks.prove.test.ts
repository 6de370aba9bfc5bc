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

describe("an attack fails for the control that its row names", () => {
  let running: Running;
  let stackFile: string;

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
    async (_control, change, { fails, apply }) => {
      const found = await attackedWith(apply);
      console.log(`${change}: ${found.length} attacks come to something else\n${found.map(({ id, got }) => `  ${id}: ${got}`).join("\n")}`); // prettier-ignore
      const ids = found.map(({ id }) => id);
      expect(fails.filter((id) => !ids.includes(id))).toEqual([]);
    },
    60_000,
  );

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
