import type { JobSettings, Output, OutputGroup } from "@aws-sdk/client-mediaconvert";

export const INPUT = "s3://source/uploads/a film.mp4";

export function hlsOutput(height: number, width: number, modifier = `_${height}p`): Output {
  return {
    NameModifier: modifier,
    ContainerSettings: { Container: "M3U8" },
    ...video(height, width),
    AudioDescriptions: [AUDIO],
  };
}

const AUDIO = {
  AudioSourceName: "Audio Selector 1",
  CodecSettings: { Codec: "AAC" as const, AacSettings: { Bitrate: 96000, CodingMode: "CODING_MODE_2_0" as const, SampleRate: 48000 } },
}; // prettier-ignore

export function video(height: number, width: number): Output {
  return {
    VideoDescription: {
      Width: width,
      Height: height,
      CodecSettings: {
        Codec: "H_264",
        H264Settings: {
          RateControlMode: "QVBR",
          QvbrSettings: { QvbrQualityLevel: 7 },
          MaxBitrate: 400000,
          GopSize: 1,
          GopSizeUnits: "SECONDS",
          CodecProfile: "MAIN",
        },
      },
    },
  };
}

const CAPTIONS: Output = {
  NameModifier: "_en",
  CaptionDescriptions: [
    { CaptionSelectorName: "Captions 1", LanguageCode: "ENG", DestinationSettings: { DestinationType: "WEBVTT" } },
  ],
};

export const HLS: OutputGroup = {
  OutputGroupSettings: {
    Type: "HLS_GROUP_SETTINGS",
    HlsGroupSettings: { Destination: "s3://packaged/ladder/a-1/index", SegmentLength: 1, MinSegmentLength: 0 },
  },
  Outputs: [hlsOutput(180, 320), hlsOutput(90, 160), CAPTIONS],
};

export const CMAF: OutputGroup = {
  OutputGroupSettings: {
    Type: "CMAF_GROUP_SETTINGS",
    CmafGroupSettings: { Destination: "s3://packaged/v1/a-1/index", SegmentLength: 1, FragmentLength: 1 },
  },
  Outputs: [
    { NameModifier: "_180p", ContainerSettings: { Container: "CMFC" }, ...video(180, 320) },
    { NameModifier: "_90p", ContainerSettings: { Container: "CMFC" }, ...video(90, 160) },
    { NameModifier: "_audio", ContainerSettings: { Container: "CMFC" }, AudioDescriptions: [AUDIO] },
    CAPTIONS,
  ],
};

export const POSTER: OutputGroup = {
  OutputGroupSettings: {
    Type: "FILE_GROUP_SETTINGS",
    FileGroupSettings: { Destination: "s3://packaged/posters/a/1/poster" },
  },
  Outputs: [
    {
      ContainerSettings: { Container: "RAW" },
      VideoDescription: {
        Width: 160,
        Height: 90,
        CodecSettings: {
          Codec: "FRAME_CAPTURE",
          FrameCaptureSettings: { FramerateNumerator: 1, FramerateDenominator: 1, MaxCaptures: 10, Quality: 80 },
        },
      },
    },
  ],
};

export const FILM: OutputGroup = {
  OutputGroupSettings: {
    Type: "FILE_GROUP_SETTINGS",
    FileGroupSettings: { Destination: "s3://packaged/downloads/a/1/a" },
  },
  Outputs: [
    { Extension: "mp4", ContainerSettings: { Container: "MP4" }, ...video(90, 160), AudioDescriptions: [AUDIO] },
  ],
};

export function settingsOf(...OutputGroups: OutputGroup[]): JobSettings {
  return {
    Inputs: [
      {
        FileInput: INPUT,
        AudioSelectors: { "Audio Selector 1": { DefaultSelection: "DEFAULT" } },
        CaptionSelectors: {
          "Captions 1": {
            SourceSettings: {
              SourceType: "WEBVTT",
              FileSourceSettings: { SourceFile: "s3://source/uploads/a film.vtt" },
            },
          },
        },
        VideoSelector: { Rotate: "AUTO" },
      },
    ],
    OutputGroups,
  };
}
