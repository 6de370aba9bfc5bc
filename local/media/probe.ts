import { closeSync, openSync, readSync, statSync } from "node:fs";
import { probeWithFfmpeg } from "./probe-ffmpeg";
import { probeWithMediabunny } from "./probe-mediabunny";
import { videoTracks, type Mezzanine, type ProbeOutcome } from "./probe-result";

export type { AudioTrack, ContainerFormat, Mezzanine, ProbeOutcome, VideoTrack } from "./probe-result";

/**
 * Reads what a mezzanine is without decoding it: mp4, mov, mkv, webm, mpegts and wave in process, anything else (mxf,
 * avi, codecs unknown to the reader) from what ffmpeg says of it. A file that is no media is a result, not an error.
 *
 * @param ffmpeg path of the program, from `findFfmpeg`
 */
export async function probe(path: string, ffmpeg: string, signal?: AbortSignal): Promise<ProbeOutcome> {
  if (statSync(path).size === 0) return { ok: false, reason: "empty", message: "the file is empty (0 bytes)" };
  if (looksLikeText(path)) return { ok: false, reason: "not-media", message: "the file is text, not a video" };
  const media = await readStructure(path, ffmpeg, signal);
  if (!media) {
    return { ok: false, reason: "not-media", message: "the file's format was not recognised, or the file is damaged" };
  }
  if (media.tracks.length === 0) {
    return { ok: false, reason: "no-tracks", message: `the ${media.format} file holds no video or audio track` };
  }
  return { ok: true, media };
}

/** The first reader passes over tracks whose codec it does not know: without a picture, the second is asked. */
async function readStructure(path: string, ffmpeg: string, signal?: AbortSignal): Promise<Mezzanine | undefined> {
  const first = await probeWithMediabunny(path);
  if (first && (first.format === "wave" || videoTracks(first).length > 0)) return first;
  const second = await probeWithFfmpeg(path, ffmpeg, signal);
  return second && (!first || videoTracks(second).length > 0) ? second : first;
}

/**
 * ffmpeg takes subtitles, playlists and even plain text for media (`tty`), and a playlist could name other files of this
 * machine: what is text from beginning to end of its first block is refused before ffmpeg sees it.
 */
function looksLikeText(path: string): boolean {
  const head = Buffer.alloc(4096);
  const file = openSync(path, "r");
  try {
    const length = readSync(file, head, 0, head.length, 0);
    const block = head.subarray(0, length);
    if (!block.every((byte) => byte >= 0x20 || (byte >= 0x07 && byte <= 0x0d) || byte === 0x1b)) return false;
    return decodesAsUtf8(block);
  } finally {
    closeSync(file);
  }
}

/** The block may end inside a character. */
function decodesAsUtf8(block: Buffer): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(block, { stream: true });
    return true;
  } catch {
    return false; // Bytes that are no UTF-8 are not the text that is meant here.
  }
}
