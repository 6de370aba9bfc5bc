import { bandwidthOf } from "../../../local/media/cmaf-bandwidth";
import { planTimeline } from "../../../local/media/cmaf-timeline";
import type { SegmentScan } from "../../../local/media/transport-stream";

const FRAME = 3600;

function segment(start: number, frames: number, audioStart?: number, audioFrames = 0): SegmentScan {
  return {
    video: { start, last: start + (frames - 1) * FRAME, decodeDelay: 2 * FRAME, frames, bytes: 1000 * frames },
    ...(audioStart !== undefined && {
      audio: { start: audioStart, bytes: 100 * audioFrames, frames: audioFrames, sampleRate: 48_000, channels: 2 },
    }),
  };
}

const LADDER = [segment(133_200, 50, 131_280, 92), segment(313_200, 10, 307_920, 23)];

describe("the timeline of a title", () => {
  it("begins when the first sample is decoded and goes on without gap or overlap", () => {
    expect(planTimeline([LADDER, LADDER])).toEqual({
      origin: 126_000,
      presentationStart: 7200,
      duration: 60 * FRAME,
      frameRate: { num: 25, den: 1 },
      video: [0, 1].map(() => ({
        timescale: 90_000,
        decodeDelay: 7200,
        spans: [
          { start: 7200, duration: 180_000 },
          { start: 187_200, duration: 36_000 },
        ],
      })),
      audio: {
        timescale: 48_000,
        decodeDelay: 0,
        spans: [
          { start: 2816, duration: 94_208 },
          { start: 97_024, duration: 23_552 },
        ],
      },
    });
  });

  it("has no audio when the title is silent", () => {
    const timeline = planTimeline([[segment(133_200, 50), segment(313_200, 10)]]);
    expect(timeline).toMatchObject({ origin: 126_000, duration: 216_000 });
    expect(timeline.audio).toBeUndefined();
  });

  it("begins with audio where audio comes before everything else", () => {
    expect(planTimeline([[segment(133_200, 25, 120_000, 50)]])).toMatchObject({
      origin: 120_000,
      presentationStart: 13_200,
    });
  });

  it("takes up a gap in the sound from where the stream says", () => {
    const gap = [segment(133_200, 50, 126_000, 90), segment(313_200, 10, 315_000, 20)];
    expect(planTimeline([gap]).audio?.spans).toEqual([
      { start: 0, duration: 100_800 },
      { start: 100_800, duration: 20_480 },
    ]);
  });

  it("lasts one frame when it has one", () => {
    expect(planTimeline([[segment(133_200, 1)]]).duration).toBe(FRAME);
  });

  it.each([
    [3003, { num: 30_000, den: 1001 }],
    [3753.75, { num: 24_000, den: 1001 }],
    [1800, { num: 50, den: 1 }],
    [7500, { num: 12, den: 1 }],
    [7200 / 1.3, { num: 16_250, den: 1000 }],
  ])("takes %d ticks a frame for the right frame rate", (ticks, frameRate) => {
    const video = { start: 0, last: Math.round(ticks * 239), decodeDelay: 0, frames: 240, bytes: 1 };
    expect(planTimeline([[{ video }]]).frameRate).toEqual(frameRate);
  });

  it.each([
    ["fewer segments", [LADDER[0]!], "rendition 2 has 1 segments, rendition 1 has 2: they must be aligned"],
    [
      "other cuts",
      [LADDER[0]!, segment(360_000, 10)],
      "segment 2 of rendition 2 begins elsewhere than in rendition 1: they must be aligned",
    ],
  ])("refuses a rendition with %s", (_what, other, message) => {
    expect(() => planTimeline([LADDER, other])).toThrow(message);
  });

  it("refuses sound in some segments only", () => {
    expect(() => planTimeline([[LADDER[0]!, segment(313_200, 10)]])).toThrow(
      "some segments of the title have audio, others have none",
    );
  });

  it("refuses segments that go back in time", () => {
    expect(() => planTimeline([[segment(313_200, 10), segment(133_200, 50)]])).toThrow(
      "the segments of a rendition go back in time",
    );
  });
});

describe("measured bandwidth", () => {
  const timeline = {
    timescale: 10,
    decodeDelay: 0,
    spans: [
      { start: 0, duration: 40 },
      { start: 40, duration: 40 },
      { start: 80, duration: 1 },
    ],
  };

  it("counts boxes and samples, and leaves a short last segment out of the peak", () => {
    const parts = [
      { bytes: 3584, frames: 10 },
      { bytes: 7584, frames: 10 },
      { bytes: 1584, frames: 10 },
    ];
    expect(bandwidthOf(parts, timeline)).toEqual({ peak: 16_000, average: 13_828 });
  });

  it("takes a single segment as it is", () => {
    expect(bandwidthOf([{ bytes: 584, frames: 10 }], { ...timeline, spans: [{ start: 0, duration: 1 }] })).toEqual({
      peak: 80_000,
      average: 80_000,
    });
  });
});
