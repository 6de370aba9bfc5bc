import type { AudioEncode, EncodeOutput } from "../../media/encode";
import { audioTracks, videoTracks, type Mezzanine } from "../../media/probe-result";
import { JobFailure } from "./job-failure";
import { groupSettings, type AudioDescription, type CaptionDescription, type JobInput, type JobSettings, type Output, type OutputGroup } from "./model"; // prettier-ignore
import { captureOf, videoEncodeOf } from "./plan-video";
import { destinationBase, type S3Address } from "./s3-address";

/** Seconds, where a group does not say. */
const DEFAULT_SEGMENT_LENGTH = 10;

/** One output of a group: what it is called and which encoded file it comes from. */
export interface PlannedOutput {
  readonly modifier: string;
  /** Of the encoder's output that holds its video, or its audio for an output of audio alone. */
  readonly stem?: string;
  readonly audio?: AudioDescription;
  readonly caption?: CaptionDescription;
  readonly settings: Output;
}

export interface PlannedGroup {
  readonly group: OutputGroup;
  /** Beginning of the group's file names. */
  readonly base: S3Address;
  readonly segmentSeconds: number;
  readonly outputs: readonly PlannedOutput[];
}

export interface Plan {
  readonly groups: readonly PlannedGroup[];
  /** For one process of the encoder. */
  readonly encode: readonly EncodeOutput[];
}

/**
 * What a job's settings mean for a mezzanine. Audio is left out where the mezzanine has none.
 *
 * @throws JobFailure when an output needs a track that is not there
 */
export function planJob(settings: JobSettings, media: Mezzanine): Plan {
  const input = settings.inputs[0]!;
  const encode: EncodeOutput[] = [];
  const groups = settings.outputGroups.map((group, index) => {
    const own = groupSettings(group);
    const planned = {
      group,
      base: destinationBase(own?.destination ?? "", input.fileInput),
      segmentSeconds: own?.segmentLength ?? DEFAULT_SEGMENT_LENGTH,
    };
    const planner = new GroupPlanner(input, media, `g${index}`, planned.segmentSeconds);
    const outputs = group.outputs.flatMap((output, position) => planner.add(output, position, group));
    encode.push(...planner.encode());
    return { ...planned, outputs };
  });
  return { groups, encode };
}

/** A film in one file, and not stills of it. */
function isFile({ containerSettings }: Output): boolean {
  return containerSettings?.container === "MP4";
}

class GroupPlanner {
  private readonly outputs: EncodeOutput[] = [];
  /** Of a CMAF group, whose audio is encoded beside its video and taken apart when it is packaged. */
  private readonly apart: { stem: string; audio: AudioEncode }[] = [];

  constructor(
    private readonly input: JobInput,
    private readonly media: Mezzanine,
    private readonly prefix: string,
    private readonly segmentSeconds: number,
  ) {}

  /** The output as planned, or nothing where it would be audio that the mezzanine does not have. */
  add(output: Output, position: number, { outputGroupSettings: { type } }: OutputGroup): PlannedOutput[] {
    const stem = `${this.prefix}o${position}`;
    const modifier = output.nameModifier ?? "";
    const description = output.audioDescriptions?.[0];
    const audio = description && this.audioOf(description);
    const planned = { modifier, settings: output, audio: audio && description };
    if (output.videoDescription && type === "FILE_GROUP_SETTINGS" && isFile(output)) {
      const video = videoEncodeOf(output.videoDescription, this.video(), this.rotates());
      this.outputs.push({ kind: "file", stem, video, audio });
      return [{ ...planned, stem }];
    }
    if (output.videoDescription && type === "FILE_GROUP_SETTINGS") {
      this.outputs.push(captureOf(stem, output.videoDescription, this.video(), this.rotates()));
      return [{ ...planned, stem }];
    }
    if (output.videoDescription) {
      const video = videoEncodeOf(output.videoDescription, this.video(), this.rotates());
      this.outputs.push({ kind: "segments", stem, video, audio, segmentSeconds: this.segmentSeconds });
      return [{ ...planned, stem }];
    }
    if (description) return audio ? [{ ...planned, stem: this.addAudio(stem, audio, type) }] : [];
    return [{ ...planned, caption: output.captionDescriptions?.[0] }];
  }

  /** With each audio of a CMAF group put beside one of its videos, since packaging times both on one clock. */
  encode(): EncodeOutput[] {
    const outputs = [...this.outputs];
    for (const { stem, audio } of this.apart) {
      const host = outputs.findIndex((output) => output.kind === "segments" && output.video && !output.audio);
      const found = outputs[host];
      if (found?.kind !== "segments")
        throw new JobFailure(1010, `a CMAF group needs as many videos as audios (${stem})`);
      outputs[host] = { ...found, audio };
    }
    return outputs;
  }

  private addAudio(stem: string, audio: AudioEncode, type: string): string {
    if (type === "CMAF_GROUP_SETTINGS") this.apart.push({ stem, audio });
    else this.outputs.push({ kind: "segments", stem, audio, segmentSeconds: this.segmentSeconds });
    return stem;
  }

  private video() {
    const [video] = videoTracks(this.media);
    if (!video) throw new JobFailure(1040, `the input has no video track (${this.media.format}), and outputs need one`);
    return video;
  }

  private rotates(): boolean {
    return this.input.videoSelector?.rotate === "AUTO";
  }

  private audioOf({ audioSourceName, codecSettings }: AudioDescription): AudioEncode | undefined {
    const tracks = audioTracks(this.media);
    const selector = audioSourceName === undefined ? undefined : this.input.audioSelectors?.[audioSourceName];
    const spoken = tracks.findIndex(({ language }) => language?.toUpperCase() === selector?.languageCode);
    const track = selector?.tracks?.[0] !== undefined ? selector.tracks[0] - 1 : Math.max(0, spoken);
    if (!tracks[track]) return undefined;
    const aac = codecSettings?.aacSettings;
    const channels = { CODING_MODE_1_0: 1, CODING_MODE_2_0: 2, CODING_MODE_5_1: 6 }[aac?.codingMode ?? ""] ?? 2;
    return { track, bitrate: aac?.bitrate ?? 128_000, sampleRate: aac?.sampleRate ?? 48_000, channels };
  }
}
