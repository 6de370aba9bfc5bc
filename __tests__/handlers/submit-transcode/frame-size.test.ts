import { frameSize } from "../../../handlers/submit-transcode/frame-size";

test.each([
  ["16:9", 480, 1920, 1080, 854, 480],
  ["16:9, lowest rung", 240, 1920, 1080, 426, 240],
  ["portrait", 480, 1080, 1920, 480, 854],
  ["square", 360, 1000, 1000, 360, 360],
  ["cinema", 720, 4096, 1716, 1718, 720],
  ["odd sides", 240, 853, 479, 428, 240],
  ["odd sides at their own size", 720, 853, 479, 852, 478],
  ["smaller than the rung", 240, 160, 120, 160, 120],
  ["its own size", 1080, 1920, 1080, 1920, 1080],
  ["anamorphic, with a fraction", 576, 1023.9999, 576, 1022, 576],
  ["tiny", 240, 16, 16, 32, 32],
  ["a panorama", 1080, 10_800, 1080, 4096, 410],
])("%s: rung %i of %fx%f is %ix%i", (_, rung, width, height, expectedWidth, expectedHeight) => {
  expect(frameSize(rung, { width, height })).toEqual({ width: expectedWidth, height: expectedHeight });
});

test("every frame of every plausible source is even and keeps the aspect ratio within a pixel", () => {
  for (const [width, height] of [
    [1920, 1080],
    [1080, 1920],
    [1279, 719],
    [721, 1281],
    [2048, 858],
    [640, 480],
  ] as const) {
    for (const rung of [240, 360, 480, 720]) {
      const frame = frameSize(rung, { width, height });
      expect([frame.width % 2, frame.height % 2]).toEqual([0, 0]);
      const scale = Math.min(1, rung / Math.min(width, height));
      expect(Math.abs(frame.width - width * scale)).toBeLessThanOrEqual(2);
      expect(Math.abs(frame.height - height * scale)).toBeLessThanOrEqual(2);
    }
  }
});
