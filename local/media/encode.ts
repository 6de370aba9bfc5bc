import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { encodeArguments } from "./encode-arguments";
import type { CaptureOutput, EncodeOutput, FileOutput, SegmentsOutput } from "./encode-settings";
import { FfmpegError, runFfmpeg } from "./ffmpeg";
import { probe } from "./probe";

export type {
  AudioEncode,
  CaptureOutput,
  EncodeOutput,
  FileOutput,
  SegmentsOutput,
  VideoEncode,
} from "./encode-settings";

export interface EncodeJob {
  readonly program: string;
  /** Path of the mezzanine. */
  readonly input: string;
  /** Seconds; what progress is measured against. */
  readonly duration: number;
  readonly outputs: readonly EncodeOutput[];
  /** Empty directory for everything that is made. */
  readonly directory: string;
  readonly signal?: AbortSignal;
  /** 0-1. */
  readonly onProgress?: (share: number) => void;
}

export interface Segment {
  readonly path: string;
  /** Seconds. */
  readonly duration: number;
}

export interface EncodedSegments {
  readonly output: SegmentsOutput;
  readonly segments: readonly Segment[];
  /** Seconds, the sum of the segments'. */
  readonly duration: number;
}

export interface EncodedCapture {
  readonly output: CaptureOutput;
  /** Paths in order. */
  readonly stills: readonly string[];
}

export interface EncodedFile {
  readonly output: FileOutput;
  readonly path: string;
  /** Seconds, measured. */
  readonly duration: number;
}

export interface Encoded {
  readonly segments: ReadonlyMap<string, EncodedSegments>;
  readonly files: ReadonlyMap<string, EncodedFile>;
  readonly captures: ReadonlyMap<string, EncodedCapture>;
}

/** Makes all outputs of a job in one ffmpeg process, which decodes the mezzanine once. Results are by stem. */
export async function encode({
  program,
  input,
  duration,
  outputs,
  directory,
  signal,
  onProgress,
}: EncodeJob): Promise<Encoded> {
  await runFfmpeg({
    program,
    args: encodeArguments(input, outputs),
    directory,
    signal,
    onProgress: (seconds) => onProgress?.(Math.min(1, duration > 0 ? seconds / duration : 0)),
  });
  const segments = new Map<string, EncodedSegments>();
  const files = new Map<string, EncodedFile>();
  const captures = new Map<string, EncodedCapture>();
  for (const output of outputs) {
    if (output.kind === "segments") segments.set(output.stem, await readSegments(output, directory));
    else if (output.kind === "file") files.set(output.stem, await readFileOutput(output, directory, program));
    else captures.set(output.stem, await readCapture(output, directory));
  }
  return { segments, files, captures };
}

async function readSegments(output: SegmentsOutput, directory: string): Promise<EncodedSegments> {
  const playlist = await readFile(join(directory, `${output.stem}.m3u8`), "utf8").catch(() => "");
  const entries = [...playlist.matchAll(/^#EXTINF:([\d.]+),[^\n]*\n(\S+)$/gm)];
  // ffmpeg can end well without having decoded anything; such a rendition would be a playlist of nothing.
  if (entries.length === 0) throw new FfmpegError("no frame could be decoded from the input", 0);
  const segments = entries.map(([, seconds, name]) => ({ path: join(directory, name!), duration: Number(seconds) }));
  return { output, segments, duration: segments.reduce((sum, segment) => sum + segment.duration, 0) };
}

async function readFileOutput(output: FileOutput, directory: string, program: string): Promise<EncodedFile> {
  const path = join(directory, `${output.stem}.mp4`);
  const probed = await probe(path, program);
  if (!probed.ok) throw new FfmpegError(`the file that was made cannot be read: ${probed.message}`, 0);
  return { output, path, duration: probed.media.duration };
}

async function readCapture(output: CaptureOutput, directory: string): Promise<EncodedCapture> {
  const pattern = new RegExp(`^${output.stem}\\.\\d{7}\\.jpg$`);
  const stills = (await readdir(directory)).filter((name) => pattern.test(name)).sort();
  if (stills.length === 0) throw new FfmpegError("no frame could be decoded from the input", 0);
  return { output, stills: stills.map((name) => join(directory, name)) };
}
