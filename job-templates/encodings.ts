import type {
  AudioDescription,
  FrameCaptureSettings,
  Output,
  OutputGroup,
  VideoDescription,
  VideoPreprocessor,
} from "@aws-sdk/client-mediaconvert";
import type { LadderChoice, Rung } from "./ladder";

/** AAC-LC stereo, the same in every rendition, so that a switch of rendition is not heard. */
const AUDIO_BITRATE = 128_000;

/**
 * H.264 with QVBR. The closed GOP of fixed length starts every segment with a key frame in every rendition;
 * scene-change detection is off, since it would insert key frames of its own and break the cadence.
 */
export function h264(rung: Rung, ladder: LadderChoice): VideoDescription {
  return {
    Width: rung.width,
    Height: rung.height,
    ScalingBehavior: "DEFAULT",
    AntiAlias: "ENABLED",
    TimecodeInsertion: "DISABLED",
    VideoPreprocessors: progressive(),
    CodecSettings: {
      Codec: "H_264",
      H264Settings: {
        RateControlMode: "QVBR",
        QvbrSettings: { QvbrQualityLevel: rung.quality },
        MaxBitrate: rung.maxBitrate,
        GopSize: ladder.gopSeconds,
        GopSizeUnits: "SECONDS",
        GopClosedCadence: 1,
        MinIInterval: 0,
        SceneChangeDetect: "DISABLED",
        NumberBFramesBetweenReferenceFrames: 2,
        GopBReference: "DISABLED",
        DynamicSubGop: "STATIC",
        FramerateControl: "INITIALIZE_FROM_SOURCE",
        FramerateConversionAlgorithm: "DUPLICATE_DROP",
        ParControl: "SPECIFIED",
        ParNumerator: 1,
        ParDenominator: 1,
        InterlaceMode: "PROGRESSIVE",
        CodecProfile: rung.height <= 480 ? "MAIN" : "HIGH",
        CodecLevel: "AUTO",
        EntropyEncoding: "CABAC",
        AdaptiveQuantization: "AUTO",
        QualityTuningLevel: "SINGLE_PASS_HQ",
      },
    },
  };
}

/**
 * Interlaced sources become progressive at their own frame rate; `NORMAL` leaves frames alone that the source marks as
 * progressive (https://docs.aws.amazon.com/mediaconvert/latest/apireference/jobs.html, Deinterlacer).
 */
function progressive(): VideoPreprocessor {
  return { Deinterlacer: { Mode: "DEINTERLACE", Control: "NORMAL", Algorithm: "INTERPOLATE" } };
}

export function aac(): AudioDescription {
  return {
    AudioSourceName: "Audio Selector 1",
    AudioTypeControl: "FOLLOW_INPUT",
    LanguageCodeControl: "FOLLOW_INPUT",
    CodecSettings: {
      Codec: "AAC",
      AacSettings: {
        Bitrate: AUDIO_BITRATE,
        CodecProfile: "LC",
        CodingMode: "CODING_MODE_2_0",
        RateControlMode: "CBR",
        SampleRate: 48_000,
        Specification: "MPEG4",
      },
    },
  };
}

/** Still pictures: one poster, and a thumbnail each ten seconds. `submit-transcode` sets the destinations. */
export function stills(): OutputGroup[] {
  return [
    frames("poster", 720, { FramerateNumerator: 1, FramerateDenominator: 2, MaxCaptures: 2, Quality: 80 }),
    frames("thumbnails", 180, { FramerateNumerator: 1, FramerateDenominator: 10, MaxCaptures: 10_000, Quality: 60 }),
  ];
}

function frames(name: string, height: number, capture: FrameCaptureSettings): OutputGroup {
  const output: Output = {
    Extension: "jpg",
    ContainerSettings: { Container: "RAW" },
    VideoDescription: {
      Width: (height * 16) / 9,
      Height: height,
      VideoPreprocessors: progressive(),
      CodecSettings: { Codec: "FRAME_CAPTURE", FrameCaptureSettings: capture },
    },
  };
  return { Name: name, OutputGroupSettings: { Type: "FILE_GROUP_SETTINGS", FileGroupSettings: {} }, Outputs: [output] };
}
