/** `3.0 Mbit/s`, `400 kbit/s`, or a dash where nothing is known. */
export function bitrate(bitsPerSecond: number | undefined): string {
  if (bitsPerSecond === undefined || !Number.isFinite(bitsPerSecond) || bitsPerSecond <= 0) return "–";
  if (bitsPerSecond >= 999_500) return `${(bitsPerSecond / 1e6).toFixed(bitsPerSecond >= 99.95e6 ? 0 : 1)} Mbit/s`;
  return `${Math.round(bitsPerSecond / 1e3)} kbit/s`;
}

/** `12.4 s`. */
export function seconds(value: number | undefined): string {
  return value === undefined || !Number.isFinite(value) ? "–" : `${value.toFixed(1)} s`;
}

/** `0:20`, `1:02:03`. */
export function duration(totalSeconds: number): string {
  const whole = Math.max(0, Math.round(totalSeconds));
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const tail = String(rest).padStart(2, "0");
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, "0")}:${tail}` : `${minutes}:${tail}`;
}

/** Time since playback was asked for, as the journal shows it: `+0.4 s`, `+2:05`. */
export function since(ms: number): string {
  return ms < 60_000 ? `+${(ms / 1000).toFixed(1)} s` : `+${duration(Math.floor(ms / 1000))}`;
}
