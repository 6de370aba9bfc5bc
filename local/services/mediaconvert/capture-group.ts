import { readFile } from "node:fs/promises";
import type { GroupOutput } from "./group-output";
import type { GroupDetail, OutputDetail } from "./job";

/** Writes a file group of stills: `<base><modifier>.0000000.jpg` and on. The event names the last one only, as AWS's does. */
export async function writeCaptureGroup(group: GroupOutput): Promise<GroupDetail> {
  const outputDetails: OutputDetail[] = [];
  for (const { stem, modifier } of group.planned.outputs) {
    const capture = group.encoded.captures.get(stem ?? "");
    if (!capture) throw new Error(`stills of output ${modifier} were not made`);
    let last = "";
    for (const [index, path] of capture.stills.entries()) {
      last = await group.put(`${modifier}.${String(index).padStart(7, "0")}.jpg`, await readFile(path));
    }
    const { width, height, interval } = capture.output;
    outputDetails.push({
      outputFilePaths: [last],
      durationInMs: Math.round(capture.stills.length * interval * 1000),
      videoDetails: { widthInPx: width, heightInPx: height },
    });
  }
  return { type: "FILE_GROUP", outputDetails };
}
