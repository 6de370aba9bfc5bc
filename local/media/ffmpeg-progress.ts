/**
 * Reads ffmpeg's `-progress` stream, which arrives in arbitrary pieces, and calls back with the seconds of output made.
 * `out_time` is read because `out_time_ms` holds microseconds in some versions.
 */
export function progressReader(onSeconds: (seconds: number) => void): (text: string) => void {
  let rest = "";
  return (text) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      const time = /^out_time=(\d+):(\d+):(\d+(?:\.\d+)?)\s*$/.exec(line);
      if (time) onSeconds(Number(time[1]) * 3600 + Number(time[2]) * 60 + Number(time[3]));
    }
  };
}
