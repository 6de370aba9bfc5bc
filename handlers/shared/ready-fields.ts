import type { LogFields } from "./log";
import type { Version } from "./title";

/**
 * What is logged of a version that became playable at `now` (milliseconds since 1970): how long it took since its
 * upload, and what was transcoded, as minutes of video times renditions, which is what a job is charged by.
 */
export function readyFields(
  assetId: string,
  { version, at, durationSeconds, renditions }: Version,
  now: number,
): LogFields {
  const received = Date.parse(at.RECEIVED ?? "");
  const seconds = (now - received) / 1000;
  const minutes = durationSeconds === undefined ? undefined : (durationSeconds / 60) * renditions.length;
  return {
    assetId,
    version,
    secondsToPlayable: Number.isNaN(seconds) ? undefined : Math.round(seconds),
    renditionMinutes: minutes === undefined ? undefined : Math.round(minutes * 100) / 100,
  };
}
