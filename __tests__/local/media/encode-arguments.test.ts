import { encodeArguments } from "../../../local/media/encode-arguments";
import { constantRate, nearestCommonRate } from "../../../local/media/encode-frame-rate";
import type { SegmentsOutput, VideoEncode } from "../../../local/media/encode-settings";

const VIDEO: VideoEncode = {
  width: 1280, height: 720, frameRate: { numerator: 30000, denominator: 1001 }, crf: 23, maxBitrate: 3_000_000,
  buffer: 6_000_000, gopFrames: 60, profile: "high", deinterlace: false, rotate: true,
}; // prettier-ignore
const OUTPUT: SegmentsOutput = {
  kind: "segments",
  stem: "g0o0",
  video: VIDEO,
  audio: { track: 1, bitrate: 128_000, sampleRate: 48_000, channels: 2 },
  segmentSeconds: 4,
};

/** The value behind a flag. */
const after = (args: readonly string[], flag: string) => args[args.indexOf(flag) + 1];

describe("arguments of the encoder", () => {
  it("make fixed closed groups at a constant rate under a quality and a ceiling", () => {
    const text = encodeArguments("/in/a.mp4", [OUTPUT]).join(" ");
    expect(text).toBe(
      "-format_whitelist mov,matroska,webm,mpegts,mpeg,mxf,avi,wav,w64,aiff,flac,mp3,aac,ac3,eac3,ogg,flv,asf,dv,gxf " +
        "-protocol_whitelist file -i file:/in/a.mp4 -map 0:v:0 -filter:v fps=30000/1001,scale=1280:720:flags=bicubic,setsar=1 " +
        "-c:v libx264 -preset superfast -profile:v high -pix_fmt yuv420p -crf 23 -maxrate 3000000 -bufsize 6000000 " +
        "-g 60 -keyint_min 60 -sc_threshold 0 -flags +cgop " +
        "-map 0:a:1 -filter:a aresample=async=1:min_hard_comp=0.1:first_pts=0 -c:a aac -b:a 128000 -ar 48000 -ac 2 " +
        "-sn -dn -map_metadata -1 -map_chapters -1 -f hls -hls_time 4.003980 -hls_list_size 0 -hls_playlist_type vod " +
        "-start_number 1 -hls_segment_filename g0o0_%05d.ts g0o0.m3u8",
    );
  });

  it("decode the input once for all outputs", () => {
    const args = encodeArguments("a.mp4", [OUTPUT, { ...OUTPUT, stem: "g0o1" }]);
    expect(args.filter((arg) => arg === "-i")).toHaveLength(1);
    expect(args.filter((arg) => arg === "-hls_segment_filename")).toHaveLength(2);
  });

  it("take no audio where an output has none", () => {
    expect(encodeArguments("a.mp4", [{ ...OUTPUT, audio: undefined }])).toContain("-an");
  });

  it("ignore the stated rotation unless it is asked for", () => {
    expect(encodeArguments("a.mp4", [OUTPUT])).not.toContain("-noautorotate");
    expect(encodeArguments("a.mp4", [{ ...OUTPUT, video: { ...VIDEO, rotate: false } }])[0]).toBe("-noautorotate");
  });

  it("keep a picture's shape with borders", () => {
    const video = { ...VIDEO, fitted: { width: 406, height: 720 }, deinterlace: true };
    expect(after(encodeArguments("a.mp4", [{ ...OUTPUT, video }]), "-filter:v")).toBe(
      "yadif=deint=interlaced,fps=30000/1001,scale=406:720:flags=bicubic,pad=1280:720:(ow-iw)/2:(oh-ih)/2,setsar=1",
    );
  });

  it("take the first frame and one each interval as stills", () => {
    const args = encodeArguments("a.mp4", [
      { kind: "capture", stem: "p", width: 640, height: 360, interval: 10, max: 3, quality: 80, frameRate: { numerator: 25, denominator: 1 }, deinterlace: false, rotate: true },
    ]); // prettier-ignore
    expect(after(args, "-filter:v")).toBe(
      "select='isnan(prev_selected_t)+gte(t-prev_selected_t\\,9.980000)',scale=640:360:flags=bicubic,setsar=1,setpts=N/(25*TB)",
    );
    expect([after(args, "-frames:v"), after(args, "-q:v"), args.at(-1)]).toEqual(["3", "8", "p.%07d.jpg"]);
  });

  it("take whole pictures of an interlaced source as stills", () => {
    const args = encodeArguments("a.mp4", [
      { kind: "capture", stem: "p", width: 640, height: 360, interval: 10, max: 3, quality: 80, frameRate: { numerator: 25, denominator: 1 }, deinterlace: true, rotate: true },
    ]); // prettier-ignore
    expect(after(args, "-filter:v")).toMatch(/^yadif=deint=interlaced,select=/);
  });
});

describe("a frame rate", () => {
  it.each([
    [29.97, { numerator: 30000, denominator: 1001 }],
    [23.976, { numerator: 24000, denominator: 1001 }],
    [24, { numerator: 24, denominator: 1 }],
    [25.001, { numerator: 25, denominator: 1 }],
    [15.5, { numerator: 15500, denominator: 1000 }],
    [14, { numerator: 14, denominator: 1 }],
  ])("of %p is the constant fraction %p", (fps, rate) => expect(constantRate(fps)).toEqual(rate));

  it.each([
    [27, { numerator: 25, denominator: 1 }],
    [28, { numerator: 30000, denominator: 1001 }],
    [120, { numerator: 60, denominator: 1 }],
    [0, { numerator: 10, denominator: 1 }],
  ])("that varies around %p becomes %p", (fps, rate) => expect(nearestCommonRate(fps)).toEqual(rate));
});
