import { scanTransportStream } from "../../../local/media/transport-stream";
import { syntheticStream } from "./synthetic-stream";

describe("a transport stream segment", () => {
  it("tells when its pictures are shown and decoded, and how long its sound is", () => {
    const stream = syntheticStream({
      video: [[133_200, 126_000], [144_000, 129_600], [136_800], [140_400]],
      audio: [131_280, 137_040],
      framesEach: 3,
    });
    expect(scanTransportStream(stream, "a.ts")).toEqual({
      video: { start: 133_200, last: 144_000, decodeDelay: 7200, frames: 4, bytes: 80 },
      audio: { start: 131_280, bytes: 102, frames: 6, sampleRate: 48_000, channels: 2 },
    });
  });

  it("goes on counting where the 33-bit clock begins anew", () => {
    const { video } = scanTransportStream(syntheticStream({ video: [[2 ** 33 - 1800], [1800]] }), "a.ts");
    expect(video).toMatchObject({ start: 2 ** 33 - 1800, last: 2 ** 33 + 1800 });
  });

  it.each([
    ["text", Buffer.from("not media"), "a.ts is not an MPEG transport stream (9 bytes)"],
    ["an empty file", Buffer.alloc(0), "a.ts is not an MPEG transport stream (0 bytes)"],
    [
      "a damaged stream",
      Buffer.concat([syntheticStream({ video: [[0]] }), Buffer.alloc(188)]),
      "a.ts loses transport stream synchronisation",
    ],
    ["no known track", syntheticStream({ extraStreamTypes: [0x81] }), "a.ts holds no H.264, HEVC or AAC track"],
    [
      "two sound tracks",
      syntheticStream({ video: [[0]], audio: [0], extraStreamTypes: [0x0f] }),
      "a.ts has more than one audio track; at most one a segment is allowed",
    ],
    [
      "sound that is not AAC",
      syntheticStream({ audio: [0], framesEach: 0 }),
      "a.ts holds audio that is not AAC in ADTS",
    ],
  ])("is refused when it is %s", (_what, bytes, message) => {
    expect(() => scanTransportStream(bytes, "a.ts")).toThrow(message);
  });
});
