import { spawn } from "node:child_process";
import { readableFailure } from "./ffmpeg-failure";
import { progressReader } from "./ffmpeg-progress";

export interface FfmpegRun {
  /** Path of the program, from {@link findFfmpeg}. */
  readonly program: string;
  /** Everything after the common flags: inputs, filters, outputs. Each element is one argument; there is no shell. */
  readonly args: readonly string[];
  /** Working directory: relative output names are written here. */
  readonly directory?: string;
  /** Kills the program; the run then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Called with the seconds of output made so far, about twice a second. */
  readonly onProgress?: (seconds: number) => void;
}

/** What ffmpeg could not do, in words that fit a job's error message. */
export class FfmpegError extends Error {
  constructor(
    message: string,
    readonly exitCode: number | null,
  ) {
    super(message);
    this.name = "FfmpegError";
  }
}

/** Enough for every message that matters; a damaged file can make ffmpeg repeat itself for megabytes. */
const KEPT_STDERR = 64 * 1024;

/**
 * Runs ffmpeg to its end. The arguments given must work with 4.1 (the npm-packaged build) and with 5 and newer.
 * Throws an {@link FfmpegError} with the last useful lines of its output when it fails.
 */
export function runFfmpeg({ program, args, directory, signal, onProgress }: FfmpegRun): Promise<void> {
  if (signal?.aborted) return Promise.reject(reasonOf(signal));
  const child = spawn(
    program,
    ["-nostdin", "-hide_banner", "-loglevel", "warning", "-nostats", "-progress", "pipe:1", "-y", ...args],
    { cwd: directory, stdio: ["ignore", "pipe", "pipe"] },
  );
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr = (stderr + text).slice(-KEPT_STDERR)));
  child.stdout.setEncoding("utf8").on("data", progressReader(onProgress ?? (() => undefined)));
  const kill = () => child.kill("SIGKILL");
  signal?.addEventListener("abort", kill, { once: true });

  return new Promise<void>((resolve, reject) => {
    child.once("error", (error) => reject(new FfmpegError(`ffmpeg did not start: ${error.message}`, null)));
    child.once("close", (code) => {
      if (signal?.aborted) reject(reasonOf(signal));
      else if (code === 0) resolve();
      else reject(new FfmpegError(readableFailure(stderr, code), code));
    });
  }).finally(() => signal?.removeEventListener("abort", kill));
}

function reasonOf(signal: AbortSignal): Error {
  return signal.reason instanceof Error ? signal.reason : new Error("ffmpeg was stopped");
}
