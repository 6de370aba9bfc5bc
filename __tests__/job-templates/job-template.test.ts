import { execFileSync } from "node:child_process";
import type { H264Settings, JobTemplateSettings, Output } from "@aws-sdk/client-mediaconvert";
import { jobTemplate, TOPOLOGIES } from "../../job-templates/job-template";
import { LADDER, RUNG_NAMES, type LadderChoice } from "../../job-templates/ladder";
import { has, testWith } from "../support/tools";

const LADDER_OF_FIVE: LadderChoice = {
  rungs: ["1080p", "240p", "360p", "480p", "720p"],
  segmentSeconds: 4,
  gopSeconds: 2,
};

const media = (settings: JobTemplateSettings): Output[] => settings.OutputGroups?.[0]?.Outputs ?? [];
const videos = (settings: JobTemplateSettings): { output: Output; h264: H264Settings }[] =>
  media(settings).flatMap((output) => {
    const h264 = output.VideoDescription?.CodecSettings?.H264Settings;
    return h264 ? [{ output, h264 }] : [];
  });

test("the ladder is the reference's, as caps in bit/s", () => {
  expect(RUNG_NAMES.map((name) => [LADDER[name].height, LADDER[name].maxBitrate])).toEqual([
    [240, 400_000],
    [360, 800_000],
    [480, 1_400_000],
    [720, 3_000_000],
    [1080, 5_000_000],
    [2160, 14_000_000],
  ]);
});

describe.each(TOPOLOGIES)("the template of topology %s", (topology) => {
  const { settings } = jobTemplate(topology, LADDER_OF_FIVE);

  test("has the chosen rungs, lowest first", () => {
    expect(videos(settings).map(({ output }) => output.NameModifier)).toEqual([
      "_240p",
      "_360p",
      "_480p",
      "_720p",
      "_1080p",
    ]);
  });

  test("encodes every rendition with QVBR under a cap, in closed GOPs that nothing breaks", () => {
    for (const { h264 } of videos(settings)) {
      expect(h264).toMatchObject({
        RateControlMode: "QVBR",
        GopSize: 2,
        GopSizeUnits: "SECONDS",
        GopClosedCadence: 1,
        SceneChangeDetect: "DISABLED",
        DynamicSubGop: "STATIC",
      });
      expect(h264.MaxBitrate).toBeGreaterThan(0);
      expect(h264.QvbrSettings?.QvbrQualityLevel).toBeGreaterThanOrEqual(7);
    }
  });

  test("makes every picture progressive, and leaves alone what is", () => {
    const pictures = settings.OutputGroups?.flatMap((group) => group.Outputs ?? []).filter((o) => o.VideoDescription);
    expect(pictures?.length).toBeGreaterThan(videos(settings).length);
    for (const { VideoDescription: video } of pictures ?? []) {
      expect(video?.VideoPreprocessors?.Deinterlacer).toEqual({
        Mode: "DEINTERLACE",
        Control: "NORMAL",
        Algorithm: "INTERPOLATE",
      });
    }
  });

  test("cuts segments of a whole number of GOPs", () => {
    const group = settings.OutputGroups?.[0]?.OutputGroupSettings;
    const length = (group?.HlsGroupSettings ?? group?.CmafGroupSettings)?.SegmentLength ?? 0;
    expect([length, length % 2]).toEqual([4, 0]);
  });

  test("uses only even sizes, which 4:2:0 video needs", () => {
    for (const { output } of videos(settings)) {
      const { Width = 1, Height = 1 } = output.VideoDescription ?? {};
      expect([Width % 2, Height % 2]).toEqual([0, 0]);
    }
  });

  test("takes a poster and thumbnails", () => {
    expect(settings.OutputGroups?.slice(1).map(({ Name }) => Name)).toEqual(["poster", "thumbnails"]);
  });

  test("makes a single file besides only where it is asked for, with the picture of its rung", () => {
    const [group, ...others] = jobTemplate(topology, LADDER_OF_FIVE, "480p").settings.OutputGroups?.slice(3) ?? [];
    expect([group?.Name, group?.Outputs?.length, others]).toEqual(["download", 1, []]);
    const [file] = group?.Outputs ?? [];
    expect(file).toMatchObject({
      Extension: "mp4",
      ContainerSettings: { Container: "MP4", Mp4Settings: { MoovPlacement: "PROGRESSIVE_DOWNLOAD" } },
      VideoDescription: { Width: 854, Height: 480, CodecSettings: { H264Settings: { MaxBitrate: 1_400_000 } } },
    });
    expect(file?.AudioDescriptions).toHaveLength(1);
  });

  test("has a version that changes with its content and with nothing else", () => {
    const again = jobTemplate(topology, { ...LADDER_OF_FIVE, rungs: [...LADDER_OF_FIVE.rungs].reverse() });
    const other = jobTemplate(topology, { ...LADDER_OF_FIVE, segmentSeconds: 6 });
    expect(again.version).toBe(jobTemplate(topology, LADDER_OF_FIVE).version);
    expect(other.version).not.toBe(again.version);
    expect(jobTemplate(topology, LADDER_OF_FIVE, "none").version).toBe(again.version);
    expect(jobTemplate(topology, LADDER_OF_FIVE, "480p").version).not.toBe(again.version);
  });
});

test("captions are cut with the video, not in five-minute pieces", () => {
  const [group] = jobTemplate("mediapackage", LADDER_OF_FIVE).settings.OutputGroups ?? [];
  expect(group?.OutputGroupSettings?.HlsGroupSettings?.CaptionSegmentLengthControl).toBe("MATCH_VIDEO");
});

test("topology direct keeps audio apart from video, and writes both manifests", () => {
  const { settings } = jobTemplate("direct", LADDER_OF_FIVE);
  expect(media(settings).map(({ AudioDescriptions }) => AudioDescriptions?.length ?? 0)).toEqual([0, 0, 0, 0, 0, 1]);
  expect(settings.OutputGroups?.[0]?.OutputGroupSettings?.CmafGroupSettings).toMatchObject({
    WriteHlsManifest: "ENABLED",
    WriteDashManifest: "ENABLED",
  });
});

/** botocore holds the service's own model: names and types by its validator, enumerations and ranges by a walk. */
const VALIDATE = `
import json, sys
from botocore.session import get_session
from botocore.validate import ParamValidator

def limits(value, shape, path):
    if shape.type_name == "structure":
        for key, member in value.items():
            yield from limits(member, shape.members[key], path + "." + key)
    elif shape.type_name == "list":
        for index, member in enumerate(value):
            yield from limits(member, shape.member, f"{path}[{index}]")
    elif getattr(shape, "enum", None) and value not in shape.enum:
        yield f"{path}: {value} is not one of {shape.enum}"
    elif shape.type_name in ("integer", "long", "double"):
        low, high = shape.metadata.get("min", value), shape.metadata.get("max", value)
        if not low <= value <= high:
            yield f"{path}: {value} is not from {low} to {high}"

shape = get_session().get_service_model("mediaconvert").operation_model("CreateJobTemplate").input_shape
problems = []
for template in json.load(sys.stdin):
    report = ParamValidator().validate(template, shape).generate_report()
    problems += [report] if report else list(limits(template, shape, ""))
print(json.dumps(problems))
`;

const problems = (templates: unknown): string[] =>
  JSON.parse(execFileSync("python3", ["-c", VALIDATE], { input: JSON.stringify(templates), encoding: "utf8" }));

testWith("python3 with botocore", has("python3", "-c", "import botocore"))(
  "every template passes MediaConvert's own API model: names, types, enumerations, ranges",
  () => {
    const template = (topology: (typeof TOPOLOGIES)[number]) => ({
      Name: topology,
      Settings: jobTemplate(topology, { ...LADDER_OF_FIVE, rungs: [...RUNG_NAMES] }, "1080p").settings,
    });
    expect(problems(TOPOLOGIES.map(template))).toEqual([]);
    const wrong = template("direct");
    const [rendition] = videos(wrong.Settings);
    Object.assign(rendition?.h264 ?? {}, { MaxBitrate: 2_000_000_000 });
    expect(problems([wrong])).toEqual([
      ".Settings.OutputGroups[0].Outputs[0].VideoDescription.CodecSettings.H264Settings.MaxBitrate: 2000000000 is not from 1000 to 1152000000",
    ]);
  },
  30_000,
);
