import type { Title, Version } from "./title";
import { withVersion } from "./title-changes";

/** The title as nobody may watch it: the mint and the list stop at once. What was prepared stays. */
export function withWithdrawal(title: Title): Title {
  return { ...title, publishState: "WITHDRAWN" };
}

/** The title with its newest version that can be watched on show; undefined where there is none. */
export function withPublication(title: Title, now: string): Title | undefined {
  const version = newestWatchable(title);
  if (!version) return undefined;
  return {
    ...withVersion(title, version, { status: "PUBLISHED" }, now),
    publishState: "PUBLISHED",
    publishedAt: title.publishedAt ?? now,
    playing: version.version,
    poster: version.poster,
    durationSeconds: version.durationSeconds,
  };
}

function newestWatchable({ versions }: Title): Version | undefined {
  return Object.values(versions)
    .filter(({ status, playback }) => playback && (status === "READY" || status === "PUBLISHED"))
    .sort((a, b) => (a.order < b.order ? 1 : -1))[0];
}
