import { type Failure, type Status, type Title, type Version, WORK_STATUSES } from "./title";

/** Versions that a title's item keeps, so that it stays far below DynamoDB's 400 KB for an item. */
export const MAX_VERSIONS = 20;

const WATCHABLE: readonly Status[] = ["READY", "PUBLISHED"];

/** Whether a finished ladder is published without an editor. */
export type PublishMode = "automatic" | "editor";

/** The title with one version changed; `status` also stamps when it was first reached. */
export function withVersion(title: Title, version: Version, changes: Partial<Version>, now: string): Title {
  const status = changes.status ?? version.status;
  const next: Version = { ...version, ...changes, at: { ...version.at, [status]: version.at[status] ?? now } };
  return indexed({ ...title, versions: { ...title.versions, [version.version]: next } });
}

/** The title with a new version as its newest; the oldest versions that neither play nor are at work make room. */
export function withNewest(title: Title, version: Version): Title {
  return indexed({
    ...title,
    latest: version.version,
    versions: trimmed(title, { ...title.versions, [version.version]: version }),
  });
}

/** The title with an upload on record that came too late to matter. */
export function withSuperseded(title: Title, version: Version): Title {
  return { ...title, versions: trimmed(title, { ...title.versions, [version.version]: version }) };
}

export function withFailure(title: Title, version: Version, failure: Failure, now: string): Title {
  return withVersion(title, version, { status: "FAILED", failure, leaseUntil: undefined }, now);
}

/**
 * The version can be watched. It is published at once where that is automatic, nobody withdrew the title and no newer
 * version plays already: playback only ever moves forward.
 */
export function withReady(
  title: Title,
  version: Version,
  changes: Partial<Version>,
  mode: PublishMode,
  now: string,
): Title {
  const ready = withVersion(title, version, { ...changes, status: "READY" }, now);
  const current = ready.versions[version.version];
  const playing = title.playing === undefined ? undefined : title.versions[title.playing];
  const goesLive =
    mode === "automatic" && title.publishState !== "WITHDRAWN" && (!playing || playing.order < version.order);
  return current && goesLive ? withLive(ready, current, now) : ready;
}

/** The title published, with a version that can be watched as the one that plays. */
export function withLive(title: Title, version: Version, now: string): Title {
  return {
    ...withVersion(title, version, { status: "PUBLISHED" }, now),
    publishState: "PUBLISHED",
    publishedAt: title.publishedAt ?? now,
    withdrawnAt: undefined,
    playing: version.version,
    poster: version.poster,
    durationSeconds: version.durationSeconds,
  };
}

/** The title taken from viewers: nothing is minted for it until an editor publishes it again. */
export function withWithdrawal(title: Title, now: string): Title {
  return { ...title, publishState: "WITHDRAWN", withdrawnAt: title.withdrawnAt ?? now };
}

/** The newest version that can be watched. */
export function newestWatchable(title: Title): Version | undefined {
  return Object.values(title.versions)
    .filter(({ status }) => WATCHABLE.includes(status))
    .sort((a, b) => (a.order < b.order ? 1 : -1))[0];
}

/** Whether a newer version can already be watched, so that work on this one would be wasted. */
export function isOutdone(title: Title, version: Version): boolean {
  const newest = newestWatchable(title);
  return newest !== undefined && newest.order > version.order;
}

/** Keeps the sparse indexes in step: a title is in them while any of its versions waits for MediaPackage, or is at work. */
function indexed(title: Title): Title {
  const versions = Object.values(title.versions);
  const packagingSince = oldest(versions.filter(({ status }) => status === "PACKAGING").map(({ at }) => at.PACKAGING));
  const workSince = oldest(
    versions.filter(({ status }) => WORK_STATUSES.includes(status)).map(({ at, status }) => at.RECEIVED ?? at[status]),
  );
  return {
    ...title,
    packagingState: packagingSince === undefined ? undefined : "WAITING",
    packagingSince,
    workState: workSince === undefined ? undefined : "AT_WORK",
    workSince,
  };
}

function oldest(times: readonly (string | undefined)[]): string | undefined {
  return times.map((time) => time ?? "").sort()[0];
}

function trimmed(title: Title, versions: Title["versions"]): Title["versions"] {
  const atWork: readonly Status[] = ["TRANSCODING", "PACKAGING"];
  const all = Object.values(versions).sort((a, b) => (a.order < b.order ? -1 : 1));
  const expendable = all.slice(0, -1).filter((v) => v.version !== title.playing && !atWork.includes(v.status));
  const dropped = new Set(expendable.slice(0, Math.max(0, all.length - MAX_VERSIONS)).map((v) => v.version));
  return Object.fromEntries(all.filter((v) => !dropped.has(v.version)).map((v) => [v.version, v]));
}
