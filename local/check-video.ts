import { accessSync, constants, statSync } from "node:fs";
import { VIDEO_SUFFIXES } from "../handlers/shared/media-files";

/** Refuses what could never become a title, before anything is built. @throws with what to do */
export function checkVideo(file: string): void {
  const stats = statSync(file, { throwIfNoEntry: false });
  if (!stats) throw new Error(`--video ${file}: there is no such file`);
  if (!stats.isFile()) throw new Error(`--video ${file}: it is no file; name a video`);
  try {
    accessSync(file, constants.R_OK);
  } catch {
    throw new Error(`--video ${file}: it cannot be read; see to its permissions`);
  }
  if (VIDEO_SUFFIXES.some((suffix) => file.toLowerCase().endsWith(suffix))) return;
  throw new Error(
    `--video ${file}: its name must end in ${VIDEO_SUFFIXES.join(", ")}, or no rule takes it for a video`,
  );
}
