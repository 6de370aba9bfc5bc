import type { At } from "./problems";
import { parseS3Address } from "./s3-address";
import { validateFrameCapture, validateH264 } from "./validate-video";

const GROUPS: Readonly<Record<string, string>> = {
  HLS_GROUP_SETTINGS: "hlsGroupSettings",
  CMAF_GROUP_SETTINGS: "cmafGroupSettings",
  FILE_GROUP_SETTINGS: "fileGroupSettings",
};

/** Settings of a job, inputs and all; what MediaConvert would refuse and what does not run here. */
export function validateSettings(settings: At): void {
  const inputs = settings.member("inputs");
  const [input, ...others] = inputs.requireObjects();
  if (others.length > 0) inputs.refuse("must hold one input: joining several is not supported locally");
  if (!input) return; // What outputs select could not be judged.
  validateInput(input);
  const namesOf = (selectors: string) => new Set(input.member(selectors).entries().map(([name]) => name)); // prettier-ignore
  const names = { audio: namesOf("audioSelectors"), captions: namesOf("captionSelectors") };
  for (const group of settings.member("outputGroups").requireObjects()) validateGroup(group, names);
}

interface SelectorNames {
  readonly audio: ReadonlySet<string>;
  readonly captions: ReadonlySet<string>;
}

function validateInput(input: At): void {
  requireS3(input.member("fileInput"));
  const rotate = input.member("videoSelector").member("rotate");
  if (rotate.present && rotate.oneOf(["AUTO", "DEGREE_0"]) === undefined) return;
  for (const [, selector] of input.member("captionSelectors").entries()) {
    const source = selector.member("sourceSettings");
    source.member("sourceType").oneOf(["WEBVTT"]);
    requireS3(source.member("fileSourceSettings").member("sourceFile"));
  }
}

function validateGroup(group: At, names: SelectorNames): void {
  const settings = group.member("outputGroupSettings");
  const type = settings.member("type").oneOf(Object.keys(GROUPS));
  if (type === undefined) return;
  const own = settings.member(GROUPS[type]!);
  requireS3(own.member("destination"));
  if (type !== "FILE_GROUP_SETTINGS") own.member("segmentLength").integer(1, 2147483647);
  const outputs = group.member("outputs").requireObjects();
  for (const output of outputs) validateOutput(output, type, names);
  requireDistinctNames(outputs, type);
}

function validateOutput(output: At, type: string, names: SelectorNames): void {
  const video = output.member("videoDescription");
  const audio = output.member("audioDescriptions");
  const captions = output.member("captionDescriptions");
  if (!video.present && audio.items().length === 0 && captions.items().length === 0) {
    output.refuse("must hold a videoDescription, audioDescriptions or captionDescriptions");
  }
  if (type === "CMAF_GROUP_SETTINGS" && video.present && audio.items().length > 0) {
    audio.refuse("must be empty beside a videoDescription: CMAF keeps audio in an output of its own");
  }
  if (video.present) validateVideo(video, containerOf(output, type));
  if (audio.items().length > 1)
    audio.refuse("must hold one description: several in one output are not supported locally");
  for (const item of audio.items()) validateAudio(item, names.audio);
  for (const item of captions.items()) validateCaption(item, names.captions);
}

/** A file group may hold stills, or a film as MP4; the other groups say their container by their kind. */
function containerOf(output: At, type: string): "stills" | "film" {
  if (type !== "FILE_GROUP_SETTINGS") return "film";
  return output.member("containerSettings").member("container").oneOf(["RAW", "MP4"]) === "MP4" ? "film" : "stills";
}

function validateVideo(video: At, content: "stills" | "film"): void {
  for (const side of ["width", "height"]) {
    const given = video.member(side);
    const pixels = given.integer(32, 8192);
    if (pixels !== undefined && pixels % 2 === 1) given.refuse(`must be even, got ${pixels}`);
  }
  const codec = video.member("codecSettings");
  if (content === "stills") {
    if (codec.member("codec").oneOf(["FRAME_CAPTURE"])) validateFrameCapture(codec.member("frameCaptureSettings"));
  } else if (codec.member("codec").oneOf(["H_264"])) {
    validateH264(codec.member("h264Settings"));
  }
}

function validateAudio(audio: At, selectors: ReadonlySet<string>): void {
  const source = audio.member("audioSourceName");
  if (source.present && !selectors.has(String(source.value))) {
    source.refuse(`names no audio selector of the input, got ${JSON.stringify(source.value)}`);
  }
  const codec = audio.member("codecSettings");
  if (codec.member("codec").oneOf(["AAC"]) === undefined) return;
  const aac = codec.member("aacSettings");
  aac.member("bitrate").integer(6000, 1024000);
  aac.member("sampleRate").integer(8000, 96000);
  const mode = aac.member("codingMode");
  if (mode.present) mode.oneOf(["CODING_MODE_1_0", "CODING_MODE_2_0", "CODING_MODE_5_1"]);
}

function validateCaption(caption: At, selectors: ReadonlySet<string>): void {
  const selector = caption.member("captionSelectorName");
  if (!selectors.has(String(selector.value))) {
    selector.refuse(`names no caption selector of the input, got ${JSON.stringify(selector.value)}`);
  }
  caption.member("destinationSettings").member("destinationType").oneOf(["WEBVTT"]);
}

function requireS3(address: At): void {
  if (address.text() !== undefined && !parseS3Address(address.value)) {
    address.refuse(`must be an S3 address, s3://bucket/key, got ${JSON.stringify(address.value)}`);
  }
}

/** Two outputs of one name would overwrite each other; a group of several needs a modifier on each. */
function requireDistinctNames(outputs: readonly At[], type: string): void {
  const seen = new Set<string>();
  for (const output of outputs) {
    const modifier = output.member("nameModifier");
    const name = typeof modifier.value === "string" ? modifier.value : "";
    if (name === "" && (outputs.length > 1 || type !== "FILE_GROUP_SETTINGS")) modifier.refuse("is required");
    else if (seen.has(name)) modifier.refuse(`must differ from the group's other outputs, got ${JSON.stringify(name)}`);
    seen.add(name);
  }
}
