/** Lines that ffmpeg writes whatever happens, or that only repeat that it failed. */
const NOISE = [
  /^Conversion failed!$/,
  /Application provided invalid, non monotonically/,
  /Cannot use rename on non file protocol/,
  /deprecated pixel format/,
  /-vsync is deprecated/,
  /^\s*Last message repeated/,
  /^Error (initializing|opening) (output|input) (stream|file)s?\.?$/i,
];

/** Lines enough to see the cause and what followed from it. */
const KEPT_LINES = 3;

/**
 * The last useful lines of ffmpeg's output as one sentence: without memory addresses, and with file names instead of
 * this machine's paths, so that the text can stand in an event and be shown to an editor.
 */
export function readableFailure(stderr: string, exitCode: number | null): string {
  const lines = stderr
    .split(/[\r\n]+/)
    .map((line) => withoutPaths(line.replace(/^\[[^\]]* @ 0x[0-9a-f]+\] /, "").trim()))
    .filter((line) => line !== "" && !NOISE.some((noise) => noise.test(line)));
  const kept = lines.filter((line, i) => lines.indexOf(line) === i).slice(-KEPT_LINES);
  return kept.length > 0 ? kept.join("; ") : `ffmpeg ended with exit code ${exitCode ?? "none"} and no message`;
}

/** `/a/b/file.mp4: text` -> `file.mp4: text`; blanks inside a path keep their last part only. */
function withoutPaths(line: string): string {
  return line.replace(/(?:[A-Za-z]:)?(?:\/[^/:'"\n]+)*\/([^/:'"\n]+)/g, "$1");
}
