import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { findFfmpeg } from "../../../local/media/ffmpeg-find";

export interface LadderOptions {
  readonly directory: string;
  readonly seconds: number;
  readonly silent?: boolean;
  /** e.g. `25`, `30000/1001`. */
  readonly rate?: string;
  readonly sampleRate?: number;
  readonly segmentSeconds?: number;
}

const RUNGS = [
  { height: 180, width: 320, bandwidth: 500_000 },
  { height: 90, width: 160, bandwidth: 250_000 },
];

/** The ffmpeg that comes with the project's packages, or undefined where there is none for this platform. */
export function packagedFfmpeg(): string | undefined {
  try {
    return findFfmpeg({ cacheDirectory: path.join(tmpdir(), "vod-test-ffmpeg"), searchPath: "" });
  } catch {
    return undefined;
  }
}

/** Writes a ladder of two muxed renditions as MediaConvert lays it out, and returns its files. */
export function makeLadder(ffmpeg: string, options: LadderOptions): Map<string, Buffer> {
  const { directory, seconds, silent = false, rate = "25", sampleRate = 48_000, segmentSeconds = 2 } = options;
  const picture = ["-f", "lavfi", "-i", `testsrc2=s=320x180:r=${rate}:d=${seconds}`];
  const sound = silent ? [] : ["-f", "lavfi", "-i", `sine=frequency=440:sample_rate=${sampleRate}:duration=${seconds}`];
  const gop = String(Math.round(framesASecond(rate)));
  const outputs = RUNGS.flatMap(({ width, height }) => [
    ...["-map", "0:v", ...(silent ? [] : ["-map", "1:a", "-c:a", "aac", "-ac", "2"]), "-s", `${width}x${height}`],
    ...["-c:v", "libx264", "-preset", "ultrafast", "-bf", "2", "-pix_fmt", "yuv420p", "-g", gop, "-keyint_min", gop],
    ...["-sc_threshold", "0", "-f", "hls", "-hls_time", String(segmentSeconds), "-hls_list_size", "0"],
    ...["-hls_playlist_type", "vod", "-hls_segment_filename", path.join(directory, `index_${height}p_%05d.ts`)],
    path.join(directory, `index_${height}p.m3u8`),
  ]);
  const run = spawnSync(ffmpeg, ["-v", "error", "-nostdin", "-y", ...picture, ...sound, ...outputs], {
    encoding: "utf8",
  });
  if (run.status !== 0) throw new Error(`ffmpeg failed: ${run.stderr}`);
  const files = new Map(readdirSync(directory).map((name) => [name, readFileSync(path.join(directory, name))]));
  return files.set("index.m3u8", Buffer.from(multivariant()));
}

function multivariant(): string {
  const variants = RUNGS.map(({ width, height, bandwidth }) => {
    return `#EXT-X-STREAM-INF:BANDWIDTH=${bandwidth},RESOLUTION=${width}x${height}\nindex_${height}p.m3u8`;
  });
  return ["#EXTM3U", "#EXT-X-VERSION:3", ...variants, ""].join("\n");
}

function framesASecond(rate: string): number {
  const [num, den = "1"] = rate.split("/");
  return Number(num) / Number(den);
}
