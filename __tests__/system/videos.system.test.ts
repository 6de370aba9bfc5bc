import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { AAC, decode, H264, makeVideo, picture, sound } from "./media";
import { Operator } from "./operator";
import { type Running, start } from "./running";

/** Mezzanines as they come from the world, and what makes each of them odd. */
const VIDEOS: readonly (readonly [what: string, name: string, seconds: number, args: readonly string[]])[] = [
  ["silent video", "silent.mp4", 3, [...picture("640x360", 3), ...H264]],
  ["portrait", "portrait.mp4", 3, [...picture("360x640", 3), ...sound(3), ...H264, ...AAC]],
  ["odd dimensions", "odd.mkv", 3, [...picture("427x241", 3), ...sound(3), "-c:v", "ffv1", ...AAC]],
  ["5.1 audio", "surround.mp4", 3, [...picture("640x360", 3), ...sound(3, "5.1"), ...H264, ...AAC]],
  [
    "variable frame rate",
    "vfr.mp4",
    4,
    [...picture("640x360", 4, 30), ...sound(4), "-vf", "select='if(lt(t,2),1,not(mod(n,3)))'", "-vsync", "vfr", ...H264, ...AAC],
  ],
  ["one second long", "short.mp4", 1, [...picture("640x360", 1), ...sound(1), ...H264, ...AAC]],
  ["a name with spaces, plus, per cent and other letters", "Größe 100% + März 日本.mov", 2, [...picture("426x240", 2), ...sound(2), ...H264, ...AAC]],
  ["25 frames a second in AVI", "old.avi", 2, [...picture("426x240", 2), ...sound(2), "-c:v", "mpeg4", "-c:a", "mp3"]],
];

describe("mezzanines of every kind", () => {
  let running: Running;
  let operator: Operator;
  let folder: string;

  beforeAll(async () => {
    const first = makeVideo("first.mp4", ...picture("426x240", 1), ...H264);
    folder = dirname(first);
    running = await start(["--video", first]);
    operator = new Operator(running.report);
  }, 120_000);

  afterAll(async () => {
    operator?.close();
    await running?.stop();
  }, 30_000);

  test.each(VIDEOS)(
    "%s plays over HLS and DASH at its own duration",
    async (_, name, seconds, args) => {
      const { assetId, version } = await operator.publish(makeVideo(name, ...args));
      expect(version.failure).toBeUndefined();
      const { hls = "", dash = "", cookie } = await operator.watch(assetId);
      for (const address of [hls, dash]) {
        const decoded = decode(address, cookie, "0:v:0");
        expect([decoded.complaints, decoded.frames > 0]).toEqual(["", true]);
        expect(Math.abs(decoded.seconds - seconds)).toBeLessThanOrEqual(0.1);
      }
    },
    60_000,
  );

  test.each([
    ["an empty file", "empty.mp4", ""],
    ["text named .mp4", "letter.mp4", "Dear viewer, this is not a video.\n"],
  ])(
    "%s fails readably, and its title says why",
    async (_, name, content) => {
      const file = join(folder, name);
      writeFileSync(file, content);
      await expect(operator.publish(file)).rejects.toThrow(/^(ingest|transcode): \S.{10,}/);
      const title = await operator.find(operator.assetIdOf(name));
      const version = title?.versions[title.latest];
      expect(version).toMatchObject({ status: "FAILED", failure: { reason: expect.stringMatching(/\w{3,}/) } });
      expect(version?.job).toBeUndefined();
      await expect(operator.watch(operator.assetIdOf(name))).rejects.toThrow("answered 404 TITLE_NOT_FOUND");
    },
    30_000,
  );
});
