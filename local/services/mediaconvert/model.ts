/**
 * The part of MediaConvert's job settings that runs here, under its names on the wire (camelCase).
 * The whole model: https://docs.aws.amazon.com/mediaconvert/latest/apireference/jobs.html
 */
export interface JobSettings {
  readonly inputs: readonly JobInput[];
  readonly outputGroups: readonly OutputGroup[];
}

export interface JobInput {
  readonly fileInput: string;
  readonly audioSelectors?: Readonly<Record<string, AudioSelector>>;
  readonly captionSelectors?: Readonly<Record<string, CaptionSelector>>;
  /** `AUTO` applies the rotation that the file states; by default it is ignored. */
  readonly videoSelector?: { readonly rotate?: string };
}

export interface AudioSelector {
  /** Numbers among the audio tracks, from 1. */
  readonly tracks?: readonly number[];
  readonly languageCode?: string;
}

export interface CaptionSelector {
  readonly languageCode?: string;
  readonly sourceSettings?: {
    readonly sourceType?: string;
    readonly fileSourceSettings?: { readonly sourceFile?: string };
  };
}

export interface OutputGroup {
  readonly name?: string;
  readonly outputGroupSettings: {
    readonly type: string;
    readonly hlsGroupSettings?: SegmentedGroup;
    readonly cmafGroupSettings?: SegmentedGroup;
    readonly fileGroupSettings?: { readonly destination?: string };
  };
  readonly outputs: readonly Output[];
}

export interface SegmentedGroup {
  readonly destination?: string;
  /** Seconds. */
  readonly segmentLength?: number;
}

export interface Output {
  readonly nameModifier?: string;
  readonly containerSettings?: { readonly container?: string };
  readonly videoDescription?: VideoDescription;
  readonly audioDescriptions?: readonly AudioDescription[];
  readonly captionDescriptions?: readonly CaptionDescription[];
}

export interface VideoDescription {
  readonly width?: number;
  readonly height?: number;
  readonly scalingBehavior?: string;
  readonly videoPreprocessors?: { readonly deinterlacer?: unknown };
  readonly codecSettings?: {
    readonly codec?: string;
    readonly h264Settings?: H264Settings;
    readonly frameCaptureSettings?: FrameCaptureSettings;
  };
}

export interface H264Settings {
  readonly rateControlMode?: string;
  readonly qvbrSettings?: { readonly qvbrQualityLevel?: number; readonly qvbrQualityLevelFineTune?: number };
  readonly maxBitrate?: number;
  readonly bitrate?: number;
  readonly hrdBufferSize?: number;
  readonly gopSize?: number;
  readonly gopSizeUnits?: string;
  readonly numberBFramesBetweenReferenceFrames?: number;
  readonly codecProfile?: string;
  readonly framerateControl?: string;
  readonly framerateNumerator?: number;
  readonly framerateDenominator?: number;
}

export interface FrameCaptureSettings {
  readonly framerateNumerator?: number;
  readonly framerateDenominator?: number;
  readonly maxCaptures?: number;
  readonly quality?: number;
}

export interface AudioDescription {
  readonly audioSourceName?: string;
  readonly languageCode?: string;
  readonly streamName?: string;
  readonly codecSettings?: {
    readonly codec?: string;
    readonly aacSettings?: { readonly bitrate?: number; readonly codingMode?: string; readonly sampleRate?: number };
  };
}

export interface CaptionDescription {
  readonly captionSelectorName?: string;
  /** BCP 47 or ISO 639; wins over `languageCode`. */
  readonly customLanguageCode?: string;
  readonly languageCode?: string;
  readonly languageDescription?: string;
  readonly destinationSettings?: { readonly destinationType?: string };
}

/** The settings of a group's type that hold its destination. */
export function groupSettings({ outputGroupSettings: settings }: OutputGroup): SegmentedGroup | undefined {
  if (settings.type === "HLS_GROUP_SETTINGS") return settings.hlsGroupSettings;
  return settings.type === "CMAF_GROUP_SETTINGS" ? settings.cmafGroupSettings : settings.fileGroupSettings;
}
