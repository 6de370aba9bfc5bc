/** Formats of mezzanines. Not playlists, which name other files and addresses, nor what takes any text for media. */
const FORMATS = [
  "mov", "matroska", "webm", "mpegts", "mpeg", "mxf", "avi", "wav", "w64", "aiff", "flac", "mp3", "aac", "ac3", "eac3",
  "ogg", "flv", "asf", "dv", "gxf",
]; // prettier-ignore

/** How ffmpeg is given an uploaded file: it opens that file and nothing that the file names. */
export function inputArguments(path: string): string[] {
  return ["-format_whitelist", FORMATS.join(","), "-protocol_whitelist", "file", "-i", `file:${path}`];
}
