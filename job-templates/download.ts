import type { OutputGroup } from "@aws-sdk/client-mediaconvert";
import { aac, h264 } from "./encodings";
import { LADDER, type LadderChoice, type RungName } from "./ladder";

/** Which single file is made beside the ladder for viewers to keep: a rung's picture, or none. */
export type DownloadChoice = "none" | RungName;

/** One MP4 with its index in front, so that it also plays while it arrives. `submit-transcode` sets the destination. */
export function download(choice: DownloadChoice, ladder: LadderChoice): OutputGroup[] {
  if (choice === "none") return [];
  return [
    {
      Name: "download",
      OutputGroupSettings: { Type: "FILE_GROUP_SETTINGS", FileGroupSettings: {} },
      Outputs: [
        {
          Extension: "mp4",
          ContainerSettings: { Container: "MP4", Mp4Settings: { MoovPlacement: "PROGRESSIVE_DOWNLOAD" } },
          VideoDescription: h264(LADDER[choice], ladder),
          AudioDescriptions: [aac()],
        },
      ],
    },
  ];
}
