import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkVideo } from "../../local/check-video";

const folder = mkdtempSync(join(tmpdir(), "vod-check-"));
const file = (name: string): string => {
  writeFileSync(join(folder, name), "x");
  return join(folder, name);
};

test("a video is taken by the end of its name, in any letter case", () => {
  expect(() => checkVideo(file("a.MoV"))).not.toThrow();
});

test("what could never become a title is refused with what to do", () => {
  expect(() => checkVideo("no-such.mp4")).toThrow("--video no-such.mp4: there is no such file");
  expect(() => checkVideo(folder)).toThrow(`--video ${folder}: it is no file; name a video`);
  const notes = file("notes.txt");
  expect(() => checkVideo(notes)).toThrow(
    `--video ${notes}: its name must end in .mp4, .mov, .m4v, .mkv, .webm, .mxf, .avi, .mpg, .mpeg, .ts, .m2ts, or no rule takes it for a video`,
  );
});
