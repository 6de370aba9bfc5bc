import { execFile } from "node:child_process";

export interface Played {
  readonly frames: number;
  /** Seconds, of what was decoded. */
  readonly time: number;
  /** MD5 of the decoded pictures. */
  readonly pictures: string;
  readonly warnings: string;
}

/** Decodes one video and what else is mapped, as a client does, from a file or an address. */
export function decode(ffmpeg: string, input: string, maps: readonly string[]): Promise<Played> {
  const mapped = maps.flatMap((stream) => ["-map", stream]);
  const args = ["-nostdin", "-v", "warning", "-stats", "-i", input, ...mapped, "-f", "null", "-"];
  const pictures = ["-map", maps[0]!, "-vsync", "passthrough", "-f", "md5", "-"];
  return new Promise((resolve, reject) => {
    execFile(ffmpeg, [...args, ...pictures], (error, stdout, stderr) => {
      if (error) return reject(error);
      const stats = stderr.split(/[\r\n]/).filter((line) => line.startsWith("frame="));
      const [frames, clock] = [/frame=\s*(\d+)/, /time=([\d:.]+)/].map(
        (pattern) => pattern.exec(stats.at(-1) ?? "")?.[1],
      );
      const time = (clock ?? "").split(":").reduce((total, part) => total * 60 + Number(part), 0);
      const warnings = stderr
        .split(/[\r\n]+/)
        .filter((line) => line !== "" && !line.startsWith("frame="))
        .join("\n");
      resolve({ frames: Number(frames), time, pictures: stdout.trim(), warnings });
    });
  });
}
