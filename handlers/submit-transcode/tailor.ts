import type {
  InputTemplate,
  JobSettings,
  JobTemplateSettings,
  Output,
  OutputGroup,
} from "@aws-sdk/client-mediaconvert";
import type { Rendition } from "../shared/title";
import { captionOutputs, captionSelectors, type CaptionFile } from "./captions";
import type { Destinations } from "./destinations";
import { frameSize } from "./frame-size";
import type { SourceFacts } from "./source-facts";

export interface TailorInput {
  readonly template: JobTemplateSettings;
  /** `s3://<bucket>/<key>` of the mezzanine; the key as it is, not encoded. */
  readonly sourceUrl: string;
  readonly facts: SourceFacts;
  readonly captions: readonly CaptionFile[];
  readonly destinations: Destinations;
}

export interface Tailored {
  /** Complete: the job needs no template beside them. */
  readonly settings: JobSettings;
  readonly renditions: readonly Rendition[];
  /** Whether the job makes a single file to download. */
  readonly hasDownload: boolean;
}

/** The name of the template's output group for the single file. */
const DOWNLOAD = "download";

/** The name of the template's only audio selector. */
const AUDIO_SELECTOR = "Audio Selector 1";

/** The template's settings cut to one mezzanine: its rungs, its aspect ratio, its audio and its captions. */
export function tailor(input: TailorInput): Tailored {
  const { template, facts, destinations } = input;
  const groups = (template.OutputGroups ?? []).map((group): OutputGroup => {
    const { Type: type } = group.OutputGroupSettings ?? {};
    if (type === "HLS_GROUP_SETTINGS") return hlsGroup(group, input);
    if (type === "CMAF_GROUP_SETTINGS") return cmafGroup(group, input);
    if (group.Name === "poster") return fileGroup(group, facts, destinations.poster);
    if (group.Name === "thumbnails") return fileGroup(group, facts, destinations.thumbnails);
    if (group.Name === DOWNLOAD) return fileGroup(group, facts, destinations.download);
    throw new Error(
      `Job template: output group ${group.Name} (${type}) has no destination; known are HLS and CMAF groups, "poster", "thumbnails" and "download"`,
    );
  });
  const renditions = groups.filter(isLadder).flatMap((group) => renditionsOf(group.Outputs ?? []));
  if (renditions.length === 0) throw new Error("Job template: it has no HLS or CMAF output group with video");
  const hasDownload = groups.some(({ Name }) => Name === DOWNLOAD);
  return { settings: { ...template, Inputs: [inputOf(input)], OutputGroups: groups }, renditions, hasDownload };
}

function inputOf({ template, sourceUrl, facts, captions }: TailorInput) {
  const base: InputTemplate = template.Inputs?.[0] ?? {};
  return {
    ...base,
    FileInput: sourceUrl,
    TimecodeSource: "ZEROBASED" as const,
    VideoSelector: { ...base.VideoSelector, Rotate: "AUTO" as const },
    ...(facts.hasAudio && {
      AudioSelectors: base.AudioSelectors ?? { [AUDIO_SELECTOR]: { DefaultSelection: "DEFAULT" as const } },
    }),
    ...(captions.length > 0 && { CaptionSelectors: captionSelectors(captions) }),
  };
}

function hlsGroup(group: OutputGroup, input: TailorInput): OutputGroup {
  const settings = group.OutputGroupSettings?.HlsGroupSettings;
  return {
    ...group,
    OutputGroupSettings: {
      ...group.OutputGroupSettings,
      HlsGroupSettings: {
        ...settings,
        Destination: input.destinations.ladder,
        // The default makes captions of one 300-second segment, which players fetch whole before the first line.
        ...(input.captions.length > 0 && { CaptionSegmentLengthControl: "MATCH_VIDEO" as const }),
      },
    },
    Outputs: [...ladderOutputs(group, input.facts), ...captionOutputs(input.captions, "M3U8")],
  };
}

function cmafGroup(group: OutputGroup, input: TailorInput): OutputGroup {
  const settings = group.OutputGroupSettings?.CmafGroupSettings;
  return {
    ...group,
    OutputGroupSettings: {
      ...group.OutputGroupSettings,
      CmafGroupSettings: { ...settings, Destination: input.destinations.ladder },
    },
    Outputs: [...ladderOutputs(group, input.facts), ...captionOutputs(input.captions, "CMFC")],
  };
}

/** Files of their own: stills, and the single file, which has audio where the source has some. */
function fileGroup(group: OutputGroup, { hasAudio, ...size }: SourceFacts, destination: string): OutputGroup {
  const settings = group.OutputGroupSettings;
  const outputs = group.Outputs?.map((output) => (hasAudio ? output : withoutAudio(output)));
  return {
    ...group,
    OutputGroupSettings: {
      ...settings,
      FileGroupSettings: { ...settings?.FileGroupSettings, Destination: destination },
    },
    Outputs: outputs?.map((output) => sized(output, size)),
  };
}

/** Rungs no larger than the source, and always the lowest; audio only where the source has some. */
function ladderOutputs(group: OutputGroup, facts: SourceFacts): Output[] {
  const outputs = (group.Outputs ?? []).map((output) => (facts.hasAudio ? output : withoutAudio(output)));
  const lowest = Math.min(...outputs.filter(hasVideo).map(shortSideOf));
  const limit = Math.max(lowest, Math.min(facts.width, facts.height));
  return outputs
    .filter((output) => (hasVideo(output) ? shortSideOf(output) <= limit : hasAudio(output)))
    .map((output) => sized(output, facts));
}

/** Stretching hides the rounding to even sides; `DEFAULT` would draw a black line there. */
function sized(output: Output, facts: Pick<SourceFacts, "width" | "height">): Output {
  if (!output.VideoDescription) return output;
  const { width, height } = frameSize(shortSideOf(output), facts);
  const video = {
    ...output.VideoDescription,
    Width: width,
    Height: height,
    ScalingBehavior: "STRETCH_TO_OUTPUT" as const,
  };
  return { ...output, VideoDescription: video };
}

function withoutAudio({ AudioDescriptions: _, ...output }: Output): Output {
  return output;
}

function renditionsOf(outputs: readonly Output[]): Rendition[] {
  return outputs.filter(hasVideo).map(({ NameModifier: name, VideoDescription: video }) => ({
    name: (name ?? "").replace(/^_/, ""),
    width: video?.Width ?? 0,
    height: video?.Height ?? 0,
  }));
}

function shortSideOf({ VideoDescription: video, NameModifier: name }: Output): number {
  if (video?.Width && video.Height) return Math.min(video.Width, video.Height);
  throw new Error(`Job template: output ${name ?? "without NameModifier"} needs a Width and a Height`);
}

function hasVideo(output: Output): boolean {
  return output.VideoDescription !== undefined;
}

function hasAudio(output: Output): boolean {
  return (output.AudioDescriptions ?? []).length > 0;
}

function isLadder(group: OutputGroup): boolean {
  return group.OutputGroupSettings?.Type !== "FILE_GROUP_SETTINGS";
}
