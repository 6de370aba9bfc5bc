import type { AssetIndex } from "../../../../local/services/mediapackage/asset-index";

/** What ingest would learn of two renditions of 6 seconds with English subtitles. */
export function assetIndex(): AssetIndex {
  const timeline = {
    timescale: 90_000,
    decodeDelay: 7200,
    spans: [
      { start: 7200, duration: 360_000 },
      { start: 367_200, duration: 180_000 },
    ],
  };
  const video = (height: number, width: number, peak: number) => ({
    id: `video_${height}p`,
    facts: { codec: "avc1.64001f", width, height },
    timeline,
    bandwidth: { peak, average: peak - 1000 },
    keys: [1, 2].map((number) => `ladder/a/index_${height}p_0000${number}.ts`),
    muxed: { bandwidth: peak + 100_000, codecs: ["avc1.64001f", "mp4a.40.2"], durations: [4, 2] },
  });
  return {
    bucket: "packaged",
    origin: 126_000,
    presentationStart: 7200,
    duration: 540_000,
    frameRate: { num: 25, den: 1 },
    video: [video(720, 1280, 3_000_000), video(240, 426, 400_000)],
    audio: [
      {
        id: "audio",
        name: "audio",
        facts: { codec: "mp4a.40.2", sampleRate: 48_000, channels: 2 },
        timeline: {
          timescale: 48_000,
          decodeDelay: 0,
          spans: [
            { start: 2816, duration: 192_512 },
            { start: 195_328, duration: 96_256 },
          ],
        },
        bandwidth: { peak: 96_000, average: 95_000 },
        keys: [1, 2].map((number) => `ladder/a/index_240p_0000${number}.ts`),
      },
    ],
    text: [
      {
        id: "text_en",
        name: "English",
        language: "en",
        isDefault: true,
        autoselect: true,
        keys: ["ladder/a/captions_1.vtt", "ladder/a/captions_2.vtt"],
        durations: [4, 2],
      },
    ],
  };
}
