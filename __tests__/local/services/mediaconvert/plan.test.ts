import type { AudioTrack, Mezzanine, VideoTrack } from "../../../../local/media/probe-result";
import { segmentCaptions } from "../../../../local/services/mediaconvert/caption-output";
import type { JobSettings } from "../../../../local/services/mediaconvert/model";
import { planJob } from "../../../../local/services/mediaconvert/plan";
import { videoEncodeOf } from "../../../../local/services/mediaconvert/plan-video";
import { destinationBase } from "../../../../local/services/mediaconvert/s3-address";
import { toWireNames } from "../../../../local/services/mediaconvert/wire-names";
import { CMAF, HLS, POSTER, settingsOf } from "./settings";

const VIDEO: VideoTrack = {
  kind: "video", codec: "AVC", duration: 20, width: 1920, height: 1080, rotation: 0, frameRate: { numerator: 25, denominator: 1 },
}; // prettier-ignore
const AUDIO: AudioTrack = {
  kind: "audio",
  codec: "AAC",
  duration: 20,
  channels: 6,
  sampleRate: 48000,
  language: "eng",
};
const MEDIA: Mezzanine = { format: "mp4", duration: 20, tracks: [VIDEO, AUDIO, { ...AUDIO, language: "fra" }] };
const wire = (settings: unknown) => toWireNames(settings) as JobSettings;

describe("the plan of a job", () => {
  it("muxes audio into each HLS rendition and hangs CMAF's own audio on one video", () => {
    const { encode } = planJob(wire(settingsOf(HLS, CMAF, POSTER)), MEDIA);
    expect(
      encode.map((output) => [output.stem, output.kind, output.kind === "segments" && output.audio?.track]),
    ).toEqual([
      ["g0o0", "segments", 0],
      ["g0o1", "segments", 0],
      ["g1o0", "segments", 0],
      ["g1o1", "segments", undefined],
      ["g2o0", "capture", false],
    ]);
  });

  it("chooses the audio track by language, by number, or else the first", () => {
    const settings = wire(settingsOf(HLS));
    const track = (selector: object) => {
      const inputs = [{ ...settings.inputs[0]!, audioSelectors: { "Audio Selector 1": selector } }];
      const [output] = planJob({ ...settings, inputs }, MEDIA).encode;
      return output?.kind === "segments" ? output.audio?.track : undefined;
    };
    expect([track({ languageCode: "FRA" }), track({ tracks: [2] }), track({ languageCode: "DEU" })]).toEqual([1, 1, 0]);
  });

  it("drops audio that the mezzanine does not have, and outputs of audio alone with it", () => {
    const plan = planJob(wire(settingsOf(HLS, CMAF)), { ...MEDIA, tracks: [VIDEO] });
    expect(plan.groups.map(({ outputs }) => outputs.map(({ modifier }) => modifier))).toEqual([
      ["_180p", "_90p", "_en"],
      ["_180p", "_90p", "_en"],
    ]);
    expect(plan.encode.some((output) => output.kind === "segments" && output.audio)).toBe(false);
  });

  it("fails where a picture is needed and there is none", () => {
    expect(() => planJob(wire(settingsOf(HLS)), { ...MEDIA, tracks: [AUDIO] })).toThrow(
      "the input has no video track (mp4), and outputs need one",
    );
  });
});

describe("the encoding of a picture", () => {
  const encoding = (settings: object, source: Partial<VideoTrack> = {}, rotates = true) =>
    videoEncodeOf(wire(settings) as object, { ...VIDEO, ...source }, rotates);
  const h264 = (settings: object) => ({ codecSettings: { h264Settings: settings } });

  it("turns a quality level into a constant quality under the ceiling", () => {
    const settings = { rateControlMode: "QVBR", qvbrSettings: { qvbrQualityLevel: 8 }, maxBitrate: 3000000 };
    expect(encoding(h264(settings))).toMatchObject({ crf: 21, maxBitrate: 3000000, buffer: 6000000 });
  });

  it.each([
    [{ gopSize: 2, gopSizeUnits: "SECONDS" }, { numerator: 30000, denominator: 1001 }, 60],
    [{ gopSize: 48, gopSizeUnits: "FRAMES" }, { numerator: 25, denominator: 1 }, 48],
    [{}, { numerator: 25, denominator: 1 }, 90],
  ])("makes whole groups: %p at %p is %p frames", (settings, frameRate, gopFrames) => {
    expect(encoding(h264(settings), { frameRate }).gopFrames).toBe(gopFrames);
  });

  it("takes sides that are not given from the source's shape, turned as it is shown", () => {
    expect(encoding({ height: 480 })).toMatchObject({ width: 854, height: 480 });
    expect(encoding({ width: 480 }, { rotation: 90 })).toMatchObject({ width: 480, height: 854 });
    expect(encoding({ width: 480 }, { rotation: 90 }, false)).toMatchObject({ width: 480, height: 270 });
    expect(encoding({}, { width: 321, height: 181 })).toMatchObject({ width: 322, height: 182 });
  });

  it("adds borders to another shape, not to a rounded one", () => {
    expect(encoding({ width: 854, height: 480 }).fitted).toBeUndefined();
    expect(encoding({ width: 1280, height: 720 }, { width: 1080, height: 1920 }).fitted).toEqual({
      width: 406,
      height: 720,
    });
    expect(encoding({ width: 640, height: 640 }).fitted).toEqual({ width: 640, height: 360 });
    expect(encoding({ width: 640, height: 640, scalingBehavior: "STRETCH_TO_OUTPUT" }).fitted).toBeUndefined();
  });
});

describe("captions", () => {
  const cue = (start: number, end: number, text: string) => ({ start, end, settings: "", text });

  it("are cut with the video, a cue across a cut in both segments", () => {
    const file = { definitions: [], cues: [cue(500, 4500, "a"), cue(9000, 60000, "b")] };
    const segments = segmentCaptions(file, [4, 4, 2], 129000);
    expect(segments.map(({ text }) => text.match(/^[ab]$/gm) ?? [])).toEqual([["a"], ["a"], ["b"]]);
    expect(segments[1]!.text.split("\n").slice(0, 2)).toEqual([
      "WEBVTT",
      "X-TIMESTAMP-MAP=MPEGTS:129000,LOCAL:00:00:00.000",
    ]);
  });
});

describe("the beginning of a group's file names", () => {
  it("is the destination, or the input's name in a folder", () => {
    expect(destinationBase("s3://b/ladder/x/index", "s3://s/u/a film.mp4")).toEqual({
      bucket: "b",
      key: "ladder/x/index",
    });
    expect(destinationBase("s3://b/ladder/", "s3://s/u/a film.v2.mp4")).toEqual({
      bucket: "b",
      key: "ladder/a film.v2",
    });
  });
});
