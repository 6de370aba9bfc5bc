import { accessSync, chmodSync, constants, copyFileSync, existsSync, mkdirSync, renameSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, join } from "node:path";

export interface FfmpegPlaces {
  /** Where an executable copy of the packaged program may be kept. */
  readonly cacheDirectory: string;
  /** The shell's `PATH`. */
  readonly searchPath: string;
  /** Path of the npm-packaged program, or undefined when the optional dependency is not there. */
  readonly packaged?: () => string | undefined;
}

/**
 * Finds ffmpeg: the npm-packaged one first, because every clone then encodes with the same program, else the one on
 * the search path. Throws an error of one line when there is neither.
 */
export function findFfmpeg({ cacheDirectory, searchPath, packaged = packagedFfmpeg }: FfmpegPlaces): string {
  const fromNpm = packaged();
  if (fromNpm !== undefined) return executable(fromNpm, cacheDirectory);
  const name = process.platform === "win32" ? "ffmpeg.exe" : "ffmpeg";
  const found = searchPath
    .split(delimiter)
    .filter((directory) => directory !== "")
    .map((directory) => join(directory, name))
    .find(isExecutable);
  if (found !== undefined) return found;
  throw new Error(
    "ffmpeg: not found, neither the optional npm package @ffmpeg-installer/ffmpeg nor `ffmpeg` on PATH; " +
      "run `npm ci` with optional dependencies, or install ffmpeg 4.1 or newer with libx264",
  );
}

/** The program of the package for this platform; resolved without running the package, which throws where it has none. */
function packagedFfmpeg(): string | undefined {
  const name = process.platform === "win32" ? "ffmpeg.exe" : "ffmpeg";
  try {
    return createRequire(__filename).resolve(`@ffmpeg-installer/${process.platform}-${process.arch}/${name}`);
  } catch {
    return undefined; // An optional dependency: absent on platforms it was not built for, and with --omit=optional.
  }
}

/** The execute bit is set by an install script, which many set-ups block; the package itself may be read-only. */
function executable(program: string, cacheDirectory: string): string {
  if (isExecutable(program)) return program;
  const { size, mtimeMs } = statSync(program);
  const copy = join(cacheDirectory, `ffmpeg-${size}-${Math.round(mtimeMs)}`);
  if (existsSync(copy)) return copy;
  mkdirSync(cacheDirectory, { recursive: true });
  const partial = `${copy}.${process.pid}`;
  copyFileSync(program, partial);
  chmodSync(partial, 0o755);
  renameSync(partial, copy); // At once, so that two starts at a time never run half a file.
  return copy;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false; // Absent or not permitted: the next place is tried.
  }
}
