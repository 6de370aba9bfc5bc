import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { writeCapture } from "./capture-output";
import { qualityOf, type GroupOutput } from "./group-output";
import type { GroupDetail, OutputDetail } from "./job";
import type { PlannedOutput } from "./plan";

/** Writes a file group: each output is a file by itself, or the stills of one. The event names no manifest. */
export async function writeFileGroup(group: GroupOutput): Promise<GroupDetail> {
  const outputDetails: OutputDetail[] = [];
  for (const output of group.planned.outputs) {
    const isCapture = group.encoded.captures.has(output.stem ?? "");
    outputDetails.push(await (isCapture ? writeCapture(group, output) : writeFile(group, output)));
  }
  return { type: "FILE_GROUP", outputDetails };
}

/** `<base><modifier>.mp4` */
async function writeFile(group: GroupOutput, { stem, modifier }: PlannedOutput): Promise<OutputDetail> {
  const file = group.encoded.files.get(stem ?? "");
  if (!file) throw new Error(`the file of output ${modifier} was not made`);
  const path = await group.put(`${modifier}.mp4`, createReadStream(file.path));
  const { width, height, crf } = file.output.video;
  const { size } = await stat(file.path);
  return {
    outputFilePaths: [path],
    durationInMs: Math.round(file.duration * 1000),
    videoDetails: {
      widthInPx: width,
      heightInPx: height,
      averageBitrate: Math.round((size * 8) / file.duration),
      ...(crf !== undefined && qualityOf(crf)),
    },
  };
}
