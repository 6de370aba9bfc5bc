import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findFfmpeg } from "../../../local/media/ffmpeg-find";
import { probe } from "../../../local/media/probe";
import { parseFfmpegProbe, probeWithFfmpeg } from "../../../local/media/probe-ffmpeg";
import { sampleArguments } from "../../../local/media/sample";

const packaged = (() => {
  try {
    return findFfmpeg({ cacheDirectory: join(tmpdir(), "vod-test-ffmpeg"), searchPath: "" });
  } catch {
    return undefined;
  }
})();
const withFfmpeg = packaged === undefined ? describe.skip : describe;
if (packaged === undefined)
  console.warn("skipped: probes of real files, since @ffmpeg-installer/ffmpeg is not installed");

describe("a probe", () => {
  let directory: string;
  beforeAll(() => (directory = mkdtempSync(join(tmpdir(), "vod-probe-"))));
  afterAll(() => rmSync(directory, { recursive: true }));
  const file = (name: string, content: string | Buffer) => {
    writeFileSync(join(directory, name), content);
    return join(directory, name);
  };

  it("calls an empty file empty", async () => {
    const outcome = { ok: false, reason: "empty", message: "the file is empty (0 bytes)" };
    expect(await probe(file("e.mp4", ""), "/absent")).toEqual(outcome);
  });

  it("calls text text, before ffmpeg sees it", async () => {
    const outcome = { ok: false, reason: "not-media", message: "the file is text, not a video" };
    expect(await probe(file("t.mp4", "#EXTM3U\nhttp://127.0.0.1/secret\n"), "/absent")).toEqual(outcome);
  });

  withFfmpeg("of a real file", () => {
    const made = (name: string, ...args: string[]) => {
      const inputs = ["-f", "lavfi", "-i", "testsrc2=s=320x180:r=25:d=1", "-f", "lavfi", "-i", "sine=d=1:r=48000"];
      const path = join(directory, name);
      execFileSync(packaged!, ["-nostdin", "-loglevel", "error", "-y", ...inputs, "-shortest", ...args, path]);
      return path;
    };
    const h264 = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"];

    it.each([
      ["a.mp4", h264, "mp4", "AVC", "AAC"],
      ["a.mov", h264, "quicktime", "AVC", "AAC"],
      ["a.mkv", h264, "matroska", "AVC", "VORBIS"],
      ["a.ts", [...h264, "-c:a", "aac"], "mpegts", "AVC", "AAC"],
      ["b.ts", ["-c:v", "mpeg2video", "-c:a", "mp2"], "mpegts", "MPEG2", "MP2"],
      ["b.mp4", ["-c:v", "mpeg4"], "mp4", "MP4V", "AAC"],
      ["a.avi", ["-c:v", "mpeg4"], "avi", "MP4V", "MP3"],
      ["a.mxf", ["-c:v", "mpeg2video", "-c:a", "pcm_s16le"], "mxf", "MPEG2", "PCM"],
    ])("%s names container, codecs, size and rate", async (name, args, format, video, audio) => {
      const outcome = await probe(made(name, ...args), packaged!);
      expect(outcome).toMatchObject({
        ok: true,
        media: {
          format,
          tracks: [
            { kind: "video", codec: video, width: 320, height: 180, frameRate: { numerator: 25, denominator: 1 } },
            { kind: "audio", codec: audio, sampleRate: 48000 },
          ],
        },
      });
      expect(outcome.ok && Math.abs(outcome.media.duration - 1)).toBeLessThan(0.1);
    });

    it("sees rotation, language and six channels", async () => {
      const plain = made("p.mp4", ...h264, "-ac", "6", "-metadata:s:a:0", "language=fra");
      const path = join(directory, "r.mp4");
      const turn = ["-i", plain, "-c", "copy", "-metadata:s:v:0", "rotate=90", path];
      execFileSync(packaged!, ["-nostdin", "-loglevel", "error", "-y", ...turn]);
      const outcome = await probe(path, packaged!);
      expect(outcome.ok && outcome.media.tracks).toMatchObject([{ rotation: 270 }, { channels: 6, language: "fra" }]);
      // ffmpeg 4.1 writes the tag's angle the other way round; both readers and its decoder agree on what is written.
      expect((await probeWithFfmpeg(path, packaged!))?.tracks).toMatchObject([{ rotation: 270 }, { channels: 6 }]);
    });

    it("refuses what is neither text nor media", async () => {
      const outcome = await probe(file("n.mp4", Buffer.alloc(4000, 0x9c)), packaged!);
      const message = "the file's format was not recognised, or the file is damaged";
      expect(outcome).toEqual({ ok: false, reason: "not-media", message });
    });
  });
});

describe("what ffmpeg prints of an input", () => {
  it("is read with rotation, cover pictures left out", () => {
    const text = [
      "Input #0, mov,mp4,m4a,3gp,3g2,mj2, from 'x':",
      "  Metadata:",
      "    major_brand     : qt  ",
      "  Duration: 01:02:03.50, start: 0.000000, bitrate: 9 kb/s",
      "    Stream #0:0[0x1](eng): Video: prores (HQ), yuv422p10le, 1920x1080, 23.98 fps, 23.98 tbr (default)",
      "    Metadata:",
      "      handler_name    : Core Media Video",
      "    Side data:",
      "      displaymatrix: rotation of -90.00 degrees",
      "    Stream #0:1(fra): Audio: pcm_s24le, 48000 Hz, 5.1(side), s32 (24 bit)",
      "    Stream #0:2: Audio: aac (LC), 44100 Hz, 16 channels, fltp",
      "    Stream #0:3: Video: mjpeg, yuvj420p(pc), 600x600, 90k tbr (attached pic)",
    ].join("\n");
    expect(parseFfmpegProbe(text)).toEqual({
      format: "quicktime",
      duration: 3723.5,
      tracks: [
        { kind: "video", codec: "PRORES", duration: 3723.5, width: 1920, height: 1080, rotation: 90, frameRate: { numerator: 24000, denominator: 1001 } },
        { kind: "audio", codec: "PCM", duration: 3723.5, channels: 6, sampleRate: 48000, language: "fra" },
        { kind: "audio", codec: "AAC", duration: 3723.5, channels: 16, sampleRate: 44100 },
      ],
    }); // prettier-ignore
  });

  it("is nothing where no input was recognised", () => {
    expect(parseFfmpegProbe("x: Invalid data found when processing input")).toBeUndefined();
  });
});

withFfmpeg("the sample", () => {
  it("is a 1080p mezzanine at 25 frames a second with stereo sound", async () => {
    const path = join(mkdtempSync(join(tmpdir(), "vod-sample-")), "sample.mp4");
    const args = sampleArguments(path);
    // A fifth of a second shows that graph and codecs work; the whole takes seconds.
    args[args.indexOf("-t") + 1] = "0.2";
    execFileSync(packaged!, ["-nostdin", "-loglevel", "error", "-y", ...args]);
    expect(await probe(path, packaged!)).toMatchObject({
      media: {
        tracks: [
          { codec: "AVC", width: 1920, height: 1080, frameRate: { numerator: 25, denominator: 1 } },
          { codec: "AAC", channels: 2, sampleRate: 48000 },
        ],
      },
    });
    rmSync(join(path, ".."), { recursive: true });
  });
});
