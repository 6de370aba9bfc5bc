import { filterPresentation, selectStreams } from "../../../../local/services/mediapackage/manifest-filter";
import { assetIndex } from "./index-fixture";

function idsFor(filter: string): string[] {
  const { video, audio, text } = filterPresentation(
    assetIndex(),
    new URLSearchParams({ "aws.manifestfilter": filter }),
  );
  return [...video, ...audio, ...text].map(({ id }) => id);
}

describe("a manifest filter", () => {
  it.each([
    ["video_height:240-719", ["video_240p", "audio", "text_en"]],
    ["video_height:1-240,700-720", ["video_720p", "video_240p", "audio", "text_en"]],
    ["video_bitrate:400001-2147483647", ["video_720p", "audio", "text_en"]],
    ["video_bitrate:0-400000;video_height:1-32767", ["video_240p", "audio", "text_en"]],
    ["VIDEO_CODEC:H264", ["video_720p", "video_240p", "audio", "text_en"]],
    ["video_codec:h265", ["audio", "text_en"]],
    ["video_framerate:23.976-25", ["video_720p", "video_240p", "audio", "text_en"]],
    ["audio_sample_rate:0-44100", ["video_720p", "video_240p", "text_en"]],
    [
      "audio_codec:aacl,ac-3;audio_channels:1-2;audio_bitrate:0-96000",
      ["video_720p", "video_240p", "audio", "text_en"],
    ],
    ["subtitle_language:fr", ["video_720p", "video_240p", "audio"]],
    ["video_codec:h265;audio_language:fr", ["text_en"]],
  ])("of %s keeps %j", (filter, ids) => {
    expect(idsFor(filter)).toEqual(ids);
  });

  it.each([
    ["donut_type:rhododendron", /^donut_type is no filter; allowed are video_height, /],
    ["audio_sample_rate:300-0", /^audio_sample_rate:300-0 is no range; allowed is min-max within 0-2147483647$/],
    ["audio_sample_rate:0-2147483648", /^audio_sample_rate:0-2147483648 is no range/],
    ["video_height:720", /^video_height:720 is no range/],
    [
      "audio_sample_rate:is:0-44100",
      /^audio_sample_rate:is:0-44100 is malformed; allowed is name:value,value or name:min-max$/,
    ],
    ["video_codec:av1", /^video_codec:av1 is not known; allowed are h264, h265$/],
    ["video_height:1-2;video_height:1-2", /^video_height stands twice$/],
    [`audio_language:${"x".repeat(1024)}`, /^aws.manifestfilter is longer than 1024 characters$/],
    ["video_codec:h265;audio_language:fr;subtitle_language:fr", /^no stream meets the filter's conditions$/],
    ["", /is malformed/],
  ])("is refused when it reads %s", (filter, message) => {
    expect(() => idsFor(filter)).toThrow(message);
  });

  it("stands once", () => {
    const query = new URLSearchParams("aws.manifestfilter=video_height:1-2&aws.manifestfilter=video_height:1-2");
    expect(() => filterPresentation(assetIndex(), query)).toThrow("aws.manifestfilter stands 2 times; once is allowed");
  });
});

describe("a configuration's selection of streams", () => {
  const all = { min: 0, max: Number.MAX_SAFE_INTEGER, order: "ORIGINAL" as const };
  it.each([
    [all, ["video_720p", "video_240p"]],
    [{ ...all, max: 400_000 }, ["video_240p"]],
    [{ ...all, min: 400_001 }, ["video_720p"]],
    [{ ...all, order: "VIDEO_BITRATE_ASCENDING" as const }, ["video_240p", "video_720p"]],
    [{ ...all, order: "VIDEO_BITRATE_DESCENDING" as const }, ["video_720p", "video_240p"]],
  ])("%j keeps %j", (selection, ids) => {
    expect(selectStreams(assetIndex(), selection).video.map(({ id }) => id)).toEqual(ids);
  });
});
