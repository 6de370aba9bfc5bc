import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { makeVideo } from "../system/media";
import { once } from "../system/running";
import { VIDEOS } from "../system/videos";

test.each(VIDEOS)(
  "npm start -- --video takes %s to playable",
  async (_, name, seconds, args) => {
    const { code, report, printed } = await once(["--video", makeVideo(name, ...args)]);
    expect([code, report]).toEqual([0, expect.objectContaining({ status: "ready" })]);
    const [, played = "0"] = /HLS .*? segments?, ([\d.]+) s/.exec(printed) ?? [];
    expect(Math.abs(Number(played) - seconds)).toBeLessThanOrEqual(0.1);
  },
  120_000,
);

test.each([
  ["empty.mp4", ""],
  ["letter.mp4", "Dear viewer, this is not a video.\n"],
])(
  "npm start -- --video %s ends with a reason",
  async (name, content) => {
    const file = join(dirname(makeVideo("beside.mp4", ...(VIDEOS[0]?.[3] ?? []))), name);
    writeFileSync(file, content);
    const { code, report, printed } = await once(["--video", file]);
    expect([code, report]).toEqual([
      1,
      expect.objectContaining({ status: "failed", reason: expect.stringMatching(/\w{3,} \w/) }),
    ]);
    expect(printed.trim().split("\n").at(-1)).toBe((report as { reason: string }).reason);
  },
  120_000,
);
