import { readFile } from "node:fs/promises";
import type { GroupOutput } from "./group-output";
import type { OutputDetail } from "./job";
import type { PlannedOutput } from "./plan";

/** Writes stills: `<base><modifier>.0000000.jpg` and on. The event names the last one only, as AWS's does. */
export async function writeCapture(group: GroupOutput, { stem, modifier }: PlannedOutput): Promise<OutputDetail> {
  const capture = group.encoded.captures.get(stem ?? "");
  if (!capture) throw new Error(`stills of output ${modifier} were not made`);
  let last = "";
  for (const [index, path] of capture.stills.entries()) {
    last = await group.put(`${modifier}.${String(index).padStart(7, "0")}.jpg`, await readFile(path));
  }
  const { width, height, interval } = capture.output;
  return {
    outputFilePaths: [last],
    durationInMs: Math.round(capture.stills.length * interval * 1000),
    videoDetails: { widthInPx: width, heightInPx: height },
  };
}
