import { execFile } from "node:child_process";
import { constantRate } from "./encode-frame-rate";
import { inputArguments } from "./ffmpeg-input";
import { codecName, type AudioTrack, type ContainerFormat, type Mezzanine, type VideoTrack } from "./probe-result";

/** Structure alone is read, so longer than this means a file that ffmpeg cannot get on with. */
const TIMEOUT_MS = 30_000;

/** What `ffmpeg -i` says of a file, or undefined when it does not take it for media. */
export async function probeWithFfmpeg(
  path: string,
  ffmpeg: string,
  signal?: AbortSignal,
): Promise<Mezzanine | undefined> {
  const text = await new Promise<string>((resolve, reject) => {
    execFile(
      ffmpeg,
      ["-nostdin", "-hide_banner", ...inputArguments(path)],
      { timeout: TIMEOUT_MS, signal, maxBuffer: 4 * 1024 * 1024 },
      // ffmpeg always exits 1 here, for want of an output: what it printed is the answer.
      (error, _stdout, stderr) => (signal?.aborted ? reject(error ?? new Error("stopped")) : resolve(stderr)),
    );
  });
  return parseFfmpegProbe(text);
}

const CONTAINERS: Readonly<Record<string, ContainerFormat>> = {
  mov: "quicktime", mp4: "mp4", matroska: "matroska", webm: "webm", mpegts: "mpegts", wav: "wave", mxf: "mxf", avi: "avi",
}; // prettier-ignore

/** Parses the description that ffmpeg 4 and newer print of an input. */
export function parseFfmpegProbe(text: string): Mezzanine | undefined {
  const input = /^Input #0, ([^,\s]+)/m.exec(text);
  if (!input) return undefined;
  const brand = /major_brand\s*:\s*(\S*)/.exec(text)?.[1];
  const named = CONTAINERS[input[1] ?? ""] ?? "other";
  const duration = seconds(/Duration: (\d+):(\d+):(\d+(?:\.\d+)?)/.exec(text));
  return {
    format: named === "quicktime" && brand !== undefined && brand !== "qt" ? "mp4" : named,
    duration,
    tracks: [...text.matchAll(STREAM)].flatMap((stream) => readTrack(stream, duration) ?? []),
  };
}

/** `Stream #0:1[0x2](eng): Audio: pcm_s24le, ...` and the lines up to the next, which belong to it. */
const STREAM = /^ +Stream #0:\d+(?:\[\w+\])?(?:\((\w+)\))?: (Video|Audio): (.*)$((?:\n(?! *Stream ).*$)*)/gm;

function readTrack(stream: RegExpMatchArray, duration: number): VideoTrack | AudioTrack | undefined {
  const [, language, kind, facts = "", details = ""] = stream;
  const codec = codecName(/^\w+/.exec(facts)?.[0] ?? null);
  if (kind === "Audio") {
    const sampleRate = Number(/(\d+) Hz/.exec(facts)?.[1] ?? 0);
    const spoken = language !== undefined && language !== "und" ? { language } : {};
    return { kind: "audio", codec, duration, channels: channelsOf(facts), sampleRate, ...spoken };
  }
  const size = /, (\d{2,5})x(\d{2,5})/.exec(facts);
  if (!size || facts.includes("(attached pic)")) return undefined;
  const fps = Number(/([\d.]+) fps/.exec(facts)?.[1] ?? /([\d.]+) tbr/.exec(facts)?.[1] ?? 25);
  return {
    kind: "video", codec, duration,
    width: Number(size[1]), height: Number(size[2]),
    rotation: rotationOf(details), frameRate: constantRate(fps > 0 ? fps : 25),
  }; // prettier-ignore
}

/** ffmpeg prints the counter-clockwise angle of the display matrix. */
function rotationOf(details: string): VideoTrack["rotation"] {
  const angle = Number(/rotation of (-?[\d.]+) degrees/.exec(details)?.[1] ?? 0);
  const clockwise = (((Math.round(-angle / 90) * 90) % 360) + 360) % 360;
  return clockwise === 90 || clockwise === 180 || clockwise === 270 ? clockwise : 0;
}

function channelsOf(facts: string): number {
  const counted = /(\d+) channels/.exec(facts);
  if (counted) return Number(counted[1]);
  const layout = /Hz, (\d)\.(\d)/.exec(facts);
  if (layout) return Number(layout[1]) + Number(layout[2]);
  return /Hz, mono/.test(facts) ? 1 : 2;
}

function seconds(time: RegExpExecArray | null): number {
  return time ? Number(time[1]) * 3600 + Number(time[2]) * 60 + Number(time[3]) : 0;
}
