import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Platform } from "../../local/platform";
import type { ReadyReport } from "../../local/report";
import { openSecrets } from "../../local/secrets";
import { CONTROLS } from "../attacks/attack";
import { surprises, type Surprise } from "../attacks/attacked";
import { letOutsidersIn } from "../attacks/callers";
import { MUTATIONS } from "../attacks/mutations";
import { builtHandlers, namingZips } from "../attacks/mutations/built-handlers";
import type { Mutation, Resources } from "../attacks/mutations/mutation";
import { changedPlatform } from "../attacks/mutations/platform";
import { retiredIn, rotateAll } from "../attacks/retired";
import { ATTACKS } from "../attacks/rows";
import { targetOf } from "../attacks/target";
import { ffmpeg, H264, makeVideo, picture } from "../system/media";
import { ROOT, start, type Running } from "../system/running";

/** What answers alike without the row's control, and why. */
const HELD_OTHERWISE: Readonly<Record<string, readonly string[]>> = {
  "shows what a good cookie, URL or request does": ["unbound-other-ip", "replay-after-refresh", "withdrawn-cookie", "good-url-bad-cookie", "download-as-cookie", "download-passed-on", "download-withdrawn", "body-prototype", "part-other-type"], // prettier-ignore
  "the handlers refuse to start without a secret": [
    "api-no-secret",
    "api-beacon",
    "api-empty-secret",
    "api-forged-viewer",
  ],
  "S3 on one machine refuses whoever does not sign": ["source-unsigned", "packaged-unsigned", "source-listed", "packaged-listed", "part-unsigned"], // prettier-ignore
  "S3 has no such object": ["download-other-file"],
  "API Gateway has no such route": ["id-traversal"],
  "the parser of Node, made to forgive in framing.test.ts": ["smuggle-cl-te", "smuggle-two-lengths", "smuggle-two-codings", "smuggle-obs-fold", "smuggle-space-before-colon", "smuggle-bare-line-feed", "smuggle-chunk-size"], // prettier-ignore
  "the origins read no such header": ["poisoned-headers", "poisoned-page"],
  "no error is remembered, by a setting of its own": ["refused-then-good"],
  "the token is asked for before the cache, and is part of its key": ["list-of-another", "token-of-another"],
  "a quota of API Gateway": ["token-huge"],
  "S3 has no such upload, or none any more": ["upload-id-climbing", "part-after-abort", "part-replayed"],
};

describe("an attack fails for the control that its row names", () => {
  let running: Running;
  let stackFile: string;
  const controlOf = new Map(ATTACKS.map(({ id, control }) => [id, control]));
  const moved = new Set<string>();

  beforeAll(async () => {
    const video = makeVideo("attacked.mp4", ...picture("426x240", 4), ...H264);
    running = await start(["--video", video]);
    const { state, report } = running;
    await rotateAll(report, state, async (whileStopped) => {
      await running.interrupt();
      letOutsidersIn(state);
      whileStopped();
      running = await start(["--video", video], state);
    });
    await running.interrupt();
    stackFile = join(state, "synth", "stacks", "vod-local", "cdk.tf.json");
  }, 120_000);
  afterAll(() => running.stop(), 30_000);

  test("with everything as it is, every attack comes to its row's answer", async () => {
    expect(await attackedWith({})).toEqual([]);
  }, 120_000);

  test.each(MUTATIONS.map((mutation) => [mutation.control, mutation.change, mutation] as const))(
    "%s off (%s): its attacks come to something else",
    async (control, change, mutation) => {
      const found = await attackedWith(mutation);
      console.log(`${change}: ${found.length} attacks come to something else\n${found.map(({ id, got }) => `  ${id}: ${got}`).join("\n")}`); // prettier-ignore
      // What could not even be tried shows nothing.
      const ids = found.filter(({ got }) => !got.startsWith("broke off")).map(({ id }) => id);
      for (const id of ids) if (controlOf.get(id) === control) moved.add(id);
      expect(mutation.fails.filter((id) => !ids.includes(id))).toEqual([]);
    },
    120_000,
  );

  test("every other attack comes to something else without its control", () => {
    const held = ATTACKS.filter(({ id }) => !moved.has(id));
    console.log(`${moved.size} attacks come to something else without their control`);
    expect(held.map(({ id }) => id).sort()).toEqual(Object.values(HELD_OTHERWISE).flat().sort());
  });

  /** The same platform on a copy of its state, started with something changed. */
  async function attackedWith({ stack, handlers, platform }: Partial<Mutation>): Promise<Surprise[]> {
    const folder = mkdtempSync(join(tmpdir(), "vod-attacked-"));
    const state = join(folder, "state");
    cpSync(running.state, state, { recursive: true });
    const dist = handlers ? join(folder, "dist") : join(state, "dist");
    let text = readFileSync(stackFile, "utf8");
    if (handlers) {
      await builtHandlers(ROOT, dist, handlers);
      symlinkSync(join(state, "dist", "player"), join(dist, "player"));
      text = namingZips(text, join(state, "dist"), dist);
    }
    const document = JSON.parse(text) as { resource: Resources };
    stack?.(document.resource, retiredIn(state));
    const changed = join(folder, "changed.tf.json");
    writeFileSync(changed, JSON.stringify(document));
    const startPlatform = changedPlatform(platform);
    const secrets = openSecrets(state);
    const started = await startPlatform({ stackFile: changed, dist, state, secrets, ffmpeg, port: 0, onTrouble: () => undefined }); // prettier-ignore
    try {
      return await surprises(ATTACKS, await targetOf(reportOf(started), state, changed));
    } finally {
      await started.stop();
      rmSync(folder, { recursive: true, force: true });
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

test("every control is switched off by a mutation", () => {
  const switched = new Set<string>(MUTATIONS.map(({ control }) => control));
  expect(CONTROLS.filter((control) => !switched.has(control))).toEqual([]);
});

test("what a mutation must show are attacks of the control that it switches off", () => {
  const controlOf = new Map(ATTACKS.map(({ id, control }) => [id, control]));
  for (const { control, fails } of MUTATIONS) {
    expect(fails.length).toBeGreaterThan(0);
    expect(fails.filter((id) => controlOf.get(id) !== control)).toEqual([]);
  }
});
