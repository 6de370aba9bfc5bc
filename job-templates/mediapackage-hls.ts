import type { JobTemplateSettings, Output } from "@aws-sdk/client-mediaconvert";
import { download, type DownloadChoice } from "./download";
import { aac, h264, stills } from "./encodings";
import { chosenRungs, type LadderChoice, type Rung } from "./ladder";

/**
 * Topology `mediapackage`: HLS with MPEG-2 TS segments, video and audio together, which is what MediaPackage VOD
 * documents as a source (https://docs.aws.amazon.com/mediapackage/latest/ug/supported-inputs-vod.html).
 */
export function mediapackageHls(ladder: LadderChoice, choice: DownloadChoice): JobTemplateSettings {
  return {
    TimecodeConfig: { Source: "ZEROBASED" },
    OutputGroups: [
      {
        Name: "hls",
        OutputGroupSettings: {
          Type: "HLS_GROUP_SETTINGS",
          HlsGroupSettings: {
            SegmentLength: ladder.segmentSeconds,
            MinSegmentLength: 0,
            SegmentControl: "SEGMENTED_FILES",
            SegmentLengthControl: "EXACT",
            DirectoryStructure: "SINGLE_DIRECTORY",
            OutputSelection: "MANIFESTS_AND_SEGMENTS",
            ManifestDurationFormat: "FLOATING_POINT",
            ManifestCompression: "NONE",
            StreamInfResolution: "INCLUDE",
            CodecSpecification: "RFC_4281",
            ClientCache: "ENABLED",
            ProgramDateTime: "EXCLUDE",
            TimedMetadataId3Frame: "NONE",
            CaptionLanguageSetting: "OMIT",
            CaptionSegmentLengthControl: "MATCH_VIDEO",
          },
        },
        Outputs: chosenRungs(ladder).map((rung) => rendition(rung, ladder)),
      },
      ...stills(),
      ...download(choice, ladder),
    ],
  };
}

function rendition(rung: Rung, ladder: LadderChoice): Output {
  return {
    NameModifier: `_${rung.name}`,
    ContainerSettings: { Container: "M3U8", M3u8Settings: {} },
    VideoDescription: h264(rung, ladder),
    AudioDescriptions: [aac()],
  };
}
