import type { Output, OutputGroup } from "@aws-sdk/client-mediaconvert";
import { jobTemplate, type Topology } from "../../../job-templates/job-template";
import { destinationsOf } from "../../../handlers/submit-transcode/destinations";
import type { SourceFacts } from "../../../handlers/submit-transcode/source-facts";
import { tailor } from "../../../handlers/submit-transcode/tailor";

const LADDER = { rungs: ["240p", "360p", "480p", "720p", "1080p", "2160p"], segmentSeconds: 4, gopSeconds: 2 } as const;
const HD: SourceFacts = { width: 1920, height: 1080, hasAudio: true };
const CAPTIONS = [
  { url: "s3://source/uploads/night.en.vtt", language: "en" },
  { url: "s3://source/uploads/night.pt-BR.vtt", language: "pt-BR" },
  { url: "s3://source/uploads/night.vtt", language: "und" },
];

function tailored(topology: Topology, facts: Partial<SourceFacts> = {}, captions: typeof CAPTIONS = []) {
  return tailor({
    template: jobTemplate(topology, LADDER, "480p").settings,
    sourceUrl: "s3://source/uploads/a b+%20ü.mp4",
    facts: { ...HD, ...facts },
    captions,
    destinations: destinationsOf(topology, "packaged", "night-0123456789ab", "1f"),
  });
}

const group = (groups: OutputGroup[] | undefined, name: string): OutputGroup => {
  const found = groups?.find(({ Name }) => Name === name);
  if (!found) throw new Error(`no output group ${name}`);
  return found;
};
const outputs = (result: ReturnType<typeof tailored>, name: string): Output[] =>
  group(result.settings.OutputGroups, name).Outputs ?? [];
const names = (list: Output[]) => list.map(({ NameModifier }) => NameModifier);
const sizes = (result: ReturnType<typeof tailored>) => result.renditions.map((r) => `${r.name} ${r.width}x${r.height}`);

test.each<[string, Partial<SourceFacts>, string[]]>([
  ["1080p", {}, ["240p 426x240", "360p 640x360", "480p 854x480", "720p 1280x720", "1080p 1920x1080"]],
  [
    "4K",
    { width: 3840, height: 2160 },
    ["240p 426x240", "360p 640x360", "480p 854x480", "720p 1280x720", "1080p 1920x1080", "2160p 3840x2160"],
  ],
  ["portrait", { width: 720, height: 1280 }, ["240p 240x426", "360p 360x640", "480p 480x854", "720p 720x1280"]],
  ["odd", { width: 853, height: 481 }, ["240p 426x240", "360p 638x360", "480p 852x480"]],
  ["between two rungs", { width: 960, height: 540 }, ["240p 426x240", "360p 640x360", "480p 854x480"]],
  ["a rung exactly", { width: 640, height: 360 }, ["240p 426x240", "360p 640x360"]],
  ["tiny", { width: 161, height: 121 }, ["240p 160x120"]],
])("a source of %s gets its rungs and nothing larger", (_, facts, expected) => {
  expect(sizes(tailored("mediapackage", facts))).toEqual(expected);
  expect(sizes(tailored("direct", facts))).toEqual(expected);
});

test("video frames have the sizes that are reported, without padding", () => {
  const [lowest] = outputs(tailored("mediapackage", { width: 853, height: 481 }), "hls");
  expect(lowest?.VideoDescription).toMatchObject({ Width: 426, Height: 240, ScalingBehavior: "STRETCH_TO_OUTPUT" });
  expect(lowest?.VideoDescription?.CodecSettings?.H264Settings?.MaxBitrate).toBe(400_000);
});

test("the mezzanine is the only input, by its key as it is, turned as its metadata say", () => {
  expect(tailored("mediapackage").settings.Inputs).toEqual([
    {
      FileInput: "s3://source/uploads/a b+%20ü.mp4",
      TimecodeSource: "ZEROBASED",
      VideoSelector: { Rotate: "AUTO" },
      AudioSelectors: { "Audio Selector 1": { DefaultSelection: "DEFAULT" } },
    },
  ]);
});

test("a silent source has no audio selector, no audio in its renditions and no audio rendition", () => {
  const muxed = tailored("mediapackage", { hasAudio: false });
  expect(muxed.settings.Inputs?.[0]).not.toHaveProperty("AudioSelectors");
  expect(outputs(muxed, "hls").every((output) => !("AudioDescriptions" in output))).toBe(true);
  expect(names(outputs(tailored("direct", { hasAudio: false }), "cmaf"))).not.toContain("_audio");
});

test("a source with audio keeps it: muxed in HLS, apart in CMAF", () => {
  expect(outputs(tailored("mediapackage"), "hls").every((output) => output.AudioDescriptions?.length === 1)).toBe(true);
  expect(names(outputs(tailored("direct"), "cmaf"))).toEqual(["_240p", "_360p", "_480p", "_720p", "_1080p", "_audio"]);
});

test("each captions file is a selector of the input and an output of its own", () => {
  const result = tailored("mediapackage", {}, CAPTIONS);
  expect(result.settings.Inputs?.[0]?.CaptionSelectors).toEqual({
    "Caption Selector 1": caption("s3://source/uploads/night.en.vtt"),
    "Caption Selector 2": caption("s3://source/uploads/night.pt-BR.vtt"),
    "Caption Selector 3": caption("s3://source/uploads/night.vtt"),
  });
  expect(outputs(result, "hls").slice(-3)).toEqual([
    captionOutput("_captions_en", 1, "en", "English"),
    captionOutput("_captions_pt-br", 2, "pt-BR", "português (Brasil)"),
    captionOutput("_captions_und", 3, "und", "Subtitles"),
  ]);
  expect(result.renditions).toHaveLength(5);
});

test("captions in HLS are cut with the video", () => {
  const template = jobTemplate("mediapackage", LADDER).settings;
  const { OutputGroupSettings: settings } = group(template.OutputGroups, "hls");
  delete settings?.HlsGroupSettings?.CaptionSegmentLengthControl;
  const destinations = destinationsOf("mediapackage", "packaged", "night-0123456789ab", "1f");
  const { settings: job } = tailor({ template, sourceUrl: "s3://s/k", facts: HD, captions: CAPTIONS, destinations });
  expect(group(job.OutputGroups, "hls").OutputGroupSettings?.HlsGroupSettings?.CaptionSegmentLengthControl).toBe(
    "MATCH_VIDEO",
  );
});

test("captions in CMAF are in its container", () => {
  const [last] = outputs(tailored("direct", {}, CAPTIONS), "cmaf").slice(-1);
  expect([last?.NameModifier, last?.ContainerSettings]).toEqual(["_captions_und", { Container: "CMFC" }]);
});

test("every group has its destination", () => {
  const of = (topology: Topology) =>
    tailored(topology).settings.OutputGroups?.map(
      ({ OutputGroupSettings: settings }) =>
        [settings?.HlsGroupSettings, settings?.CmafGroupSettings, settings?.FileGroupSettings].find(Boolean)
          ?.Destination,
    );
  const stills = [
    "s3://packaged/posters/night-0123456789ab/1f/poster",
    "s3://packaged/posters/night-0123456789ab/1f/thumb",
    "s3://packaged/downloads/night-0123456789ab/1f/night-0123456789ab",
  ];
  expect(of("mediapackage")).toEqual(["s3://packaged/ladder/night-0123456789ab-1f/index", ...stills]);
  expect(of("direct")).toEqual(["s3://packaged/v1/night-0123456789ab-1f/index", ...stills]);
});

test("stills have the source's shape, even sides, and are not enlarged", () => {
  const still = (facts: Partial<SourceFacts>, name: string) => {
    const video = outputs(tailored("mediapackage", facts), name)[0]?.VideoDescription;
    return [video?.Width, video?.Height];
  };
  expect(still({}, "poster")).toEqual([1280, 720]);
  expect(still({ width: 1080, height: 1920 }, "poster")).toEqual([720, 1280]);
  expect(still({ width: 853, height: 479 }, "poster")).toEqual([852, 478]);
  expect(still({ width: 1080, height: 1920 }, "thumbnails")).toEqual([180, 320]);
});

test("the single file is as large as its rung or the source, and has audio where the source has some", () => {
  const file = (facts: Partial<SourceFacts>) => {
    const [{ VideoDescription: video, AudioDescriptions: audio } = {}] = outputs(tailored("direct", facts), "download");
    return [video?.Width, video?.Height, audio?.length];
  };
  expect(file({})).toEqual([854, 480, 1]);
  expect(file({ width: 1080, height: 1920 })).toEqual([480, 854, 1]);
  expect(file({ width: 320, height: 180, hasAudio: false })).toEqual([320, 180, undefined]);
});

test("a template without a single file makes none, and says so", () => {
  const template = jobTemplate("direct", LADDER).settings;
  const destinations = destinationsOf("direct", "packaged", "night-0123456789ab", "1f");
  const { hasDownload, renditions } = tailor({
    template,
    sourceUrl: "s3://s/k",
    facts: HD,
    captions: [],
    destinations,
  });
  expect([hasDownload, tailored("direct").hasDownload]).toEqual([false, true]);
  expect(tailored("direct").renditions).toEqual(renditions);
});

test("the template itself is left as it was", () => {
  const template = jobTemplate("mediapackage", LADDER).settings;
  const before = structuredClone(template);
  const destinations = destinationsOf("mediapackage", "p", "a-0123456789ab", "1");
  tailor({ template, sourceUrl: "s3://s/k", facts: { ...HD, hasAudio: false }, captions: CAPTIONS, destinations });
  expect(template).toEqual(before);
});

test.each([
  [
    "a group that nobody knows",
    [{ Name: "mss", OutputGroupSettings: { Type: "MS_SMOOTH_GROUP_SETTINGS" as const }, Outputs: [] }],
    'Job template: output group mss (MS_SMOOTH_GROUP_SETTINGS) has no destination; known are HLS and CMAF groups, "poster", "thumbnails" and "download"',
  ],
  ["no group", [], "Job template: it has no HLS or CMAF output group with video"],
  [
    "an output without a size",
    [
      {
        Name: "hls",
        OutputGroupSettings: { Type: "HLS_GROUP_SETTINGS" as const },
        Outputs: [{ NameModifier: "_x", VideoDescription: {} }],
      },
    ],
    "Job template: output _x needs a Width and a Height",
  ],
])("a template with %s is an error that names it", (_, groups, message) => {
  const destinations = destinationsOf("direct", "p", "a-0123456789ab", "1");
  const input = { template: { OutputGroups: groups }, sourceUrl: "s3://s/k", facts: HD, captions: [], destinations };
  expect(() => tailor(input)).toThrow(new Error(message));
});

function caption(SourceFile: string) {
  return { SourceSettings: { SourceType: "WEBVTT", FileSourceSettings: { SourceFile } } };
}

function captionOutput(
  NameModifier: string,
  selector: number,
  CustomLanguageCode: string,
  LanguageDescription: string,
) {
  const CaptionSelectorName = `Caption Selector ${selector}`;
  const DestinationSettings = { DestinationType: "WEBVTT" };
  return {
    NameModifier,
    ContainerSettings: { Container: "M3U8" },
    CaptionDescriptions: [{ CaptionSelectorName, CustomLanguageCode, LanguageDescription, DestinationSettings }],
  };
}
