import { spawnSync } from "node:child_process";
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
  /** What a program prints about itself when asked for its version. */
  readonly version?: (program: string) => string;
}

/** The npm-packaged build is of 2018; from this major on, the system's own is the better one. */
const PREFERRED_MAJOR = 5;

/**
 * Finds ffmpeg: the one on the search path where it is recent and encodes H.264, else the npm-packaged one, else
 * whatever is on the search path. Throws an error of one line when there is none.
 */
export function findFfmpeg(places: FfmpegPlaces): string {
  const { cacheDirectory, searchPath, packaged = packagedFfmpeg, version = askVersion } = places;
  const onPath = findOnPath(searchPath);
  if (onPath !== undefined && isPreferred(version(onPath))) return onPath;
  const fromNpm = packaged();
  if (fromNpm !== undefined) return executable(fromNpm, cacheDirectory);
  if (onPath !== undefined) return onPath;
  throw new Error(
    "ffmpeg: not found, neither on PATH nor as the optional npm package @ffmpeg-installer/ffmpeg; " +
      "run `npm ci` with optional dependencies, or install ffmpeg 5 or newer with libx264",
  );
}

function findOnPath(searchPath: string): string | undefined {
  const name = process.platform === "win32" ? "ffmpeg.exe" : "ffmpeg";
  const directories = searchPath.split(delimiter).filter((directory) => directory !== "");
  return directories.map((directory) => join(directory, name)).find(isExecutable);
}

/** `ffmpeg version 5.1.9-0+deb12u1 ...` and, further down, how it was configured. */
function isPreferred(description: string): boolean {
  const major = Number(/^ffmpeg version n?(\d+)\./.exec(description)?.[1] ?? 0);
  return major >= PREFERRED_MAJOR && description.includes("--enable-libx264");
}

function askVersion(program: string): string {
  return spawnSync(program, ["-version"], { encoding: "utf8", timeout: 10_000 }).stdout ?? "";
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
