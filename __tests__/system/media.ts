import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findFfmpeg } from "../../local/media/ffmpeg-find";

/** The encoder that the platform itself uses. */
export const ffmpeg = findFfmpeg({ cacheDirectory: join(tmpdir(), "vod-bin"), searchPath: process.env.PATH ?? "" });

const folder = mkdtempSync(join(tmpdir(), "vod-videos-"));

/** Makes a small video; `args` come after ffmpeg's own and before the name, which ends in its container's suffix. */
export function makeVideo(name: string, ...args: string[]): string {
  const file = join(folder, name);
  execFileSync(ffmpeg, ["-nostdin", "-loglevel", "error", "-y", ...args, `file:${file}`], { stdio: "pipe" });
  return file;
}

export const picture = (size: string, seconds: number, rate = 25): string[] => [
  "-f",
  "lavfi",
  "-i",
  `testsrc2=s=${size}:r=${rate}:d=${seconds}`,
];

export const sound = (seconds: number, layout = "stereo"): string[] => [
  "-f",
  "lavfi",
  "-i",
  `aevalsrc=${Array(layout === "5.1" ? 6 : 2)
    .fill("0.2*sin(2*PI*440*t)")
    .join("|")}:c=${layout}:s=48000:d=${seconds}`,
];

export const H264 = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"];
export const AAC = ["-c:a", "aac"];

export interface Decoded {
  /** Seconds, of the frames that came out. */
  readonly seconds: number;
  readonly frames: number;
  /** What the decoder complained of; empty when all is well. */
  readonly complaints: string;
}

/**
 * Decodes one stream of an address as a player would, cookie in hand: every frame, nothing written. ffmpeg is the
 * client: it reads the manifest, fetches the segments and decodes.
 */
export function decode(address: string, cookie: string, map: string): Decoded {
  const args = ["-nostdin", "-v", "error", "-stats", "-headers", `Cookie: ${cookie}\r\n`, "-i", address];
  const { stderr, status } = spawnSync(ffmpeg, [...args, "-map", map, "-f", "null", "-"], { encoding: "utf8" });
  const lines = stderr.split(/[\r\n]+/).filter((line) => line.trim() !== "");
  const stats = lines.filter((line) => /time=/.test(line)).at(-1) ?? "";
  const [, hours = "0", minutes = "0", seconds = "0"] = /time=(\d+):(\d+):([\d.]+)/.exec(stats) ?? [];
  return {
    seconds: Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds),
    frames: Number(/frame=\s*(\d+)/.exec(stats)?.[1] ?? 0),
    complaints: [...lines.filter((line) => !/time=/.test(line)), ...(status === 0 ? [] : [`exit ${status}`])].join(
      "\n",
    ),
  };
}
