import type { JobTemplateSettings, Output } from "@aws-sdk/client-mediaconvert";
import type { Resources } from "../stack-resources";

/** What one output of the job template makes, by the names under which MediaConvert bills it. */
export interface Rendition {
  /** The group's name in the template, `hls`, `cmaf` or `download`. */
  readonly group: string;
  /** AWS counts a picture below 720 lines as SD, up to 1080 as HD, above that as UHD. */
  readonly size: "sd" | "hd" | "uhd" | "audio";
  /** The cap of the picture and the sound together, bit/s. */
  readonly bitsPerSecond: number;
}

/** The outputs of the job template as it stands in the stack, in its order; stills apart. */
export function renditions(resources: Resources): Rendition[] {
  const body = resources.aws_cloudformation_stack?.job_template?.template_body;
  if (typeof body !== "string") throw new Error("the stack has no aws_cloudformation_stack.job_template with a body");
  const { Resources: made } = JSON.parse(body) as TemplateBody;
  return (made.JobTemplate.Properties.SettingsJson.OutputGroups ?? []).flatMap(({ Name: group = "", Outputs = [] }) =>
    Outputs.filter(({ ContainerSettings }) => ContainerSettings?.Container !== "RAW").map((output) => ({
      group,
      size: sizeOf(output),
      bitsPerSecond: bitrateOf(output),
    })),
  );
}

interface TemplateBody {
  readonly Resources: {
    readonly JobTemplate: { readonly Properties: { readonly SettingsJson: JobTemplateSettings } };
  };
}

function sizeOf({ VideoDescription: picture }: Output): Rendition["size"] {
  if (!picture) return "audio";
  const lines = picture.Height ?? 0;
  return lines < 720 ? "sd" : lines <= 1080 ? "hd" : "uhd";
}

function bitrateOf({ VideoDescription: picture, AudioDescriptions: sounds = [] }: Output): number {
  const sound = sounds.reduce((sum, { CodecSettings }) => sum + (CodecSettings?.AacSettings?.Bitrate ?? 0), 0);
  return (picture?.CodecSettings?.H264Settings?.MaxBitrate ?? 0) + sound;
}
