import type { JobTemplateSettings, Output } from "@aws-sdk/client-mediaconvert";
import { download, type DownloadChoice } from "./download";
import { aac, h264, stills } from "./encodings";
import { chosenRungs, type LadderChoice, type Rung } from "./ladder";

/** Topology `direct`: one CMAF copy, audio apart from video, whose HLS and DASH manifests MediaConvert writes itself. */
export function directCmaf(ladder: LadderChoice, choice: DownloadChoice): JobTemplateSettings {
  return {
    TimecodeConfig: { Source: "ZEROBASED" },
    OutputGroups: [
      {
        Name: "cmaf",
        OutputGroupSettings: {
          Type: "CMAF_GROUP_SETTINGS",
          CmafGroupSettings: {
            SegmentLength: ladder.segmentSeconds,
            FragmentLength: ladder.gopSeconds,
            SegmentControl: "SEGMENTED_FILES",
            SegmentLengthControl: "EXACT",
            MinFinalSegmentLength: 0,
            WriteHlsManifest: "ENABLED",
            WriteDashManifest: "ENABLED",
            ManifestDurationFormat: "FLOATING_POINT",
            ManifestCompression: "NONE",
            StreamInfResolution: "INCLUDE",
            CodecSpecification: "RFC_4281",
            ClientCache: "ENABLED",
            MpdProfile: "MAIN_PROFILE",
            PtsOffsetHandlingForBFrames: "ZERO_BASED",
          },
        },
        Outputs: [...chosenRungs(ladder).map((rung) => rendition(rung, ladder)), audio()],
      },
      ...stills(),
      ...download(choice, ladder),
    ],
  };
}

function rendition(rung: Rung, ladder: LadderChoice): Output {
  return {
    NameModifier: `_${rung.name}`,
    ContainerSettings: { Container: "CMFC" },
    VideoDescription: h264(rung, ladder),
  };
}

function audio(): Output {
  return { NameModifier: "_audio", ContainerSettings: { Container: "CMFC" }, AudioDescriptions: [aac()] };
}
