import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { decode, H264, makeVideo, picture } from "./media";
import { Operator } from "./operator";
import { type Running, start } from "./running";
import { VIDEOS } from "./videos";

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
