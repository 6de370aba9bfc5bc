import type { PublishedTitle } from "./catalogue";
import type { Title } from "./title";
import { newestWatchable } from "./title-changes";

/** A title as apps show it. */
export interface TitleView {
  readonly assetId: string;
  readonly title: string;
  /** ISO 8601. */
  readonly publishedAt: string;
  /** Root-relative address. */
  readonly poster?: string;
  readonly durationSeconds?: number;
  /** A subscription alone is not enough. */
  readonly licenceRequired?: true;
  readonly institutionOnly?: true;
  /** ISO 8601: end of the publish window. */
  readonly availableUntil?: string;
}

/** What viewers may know of a published title: not where else it may be watched, nor which collection it is in. */
export function titleView({
  assetId,
  title,
  publishedAt,
  poster,
  durationSeconds,
  licence,
}: PublishedTitle): TitleView {
  return {
    assetId,
    title,
    publishedAt,
    poster,
    durationSeconds,
    licenceRequired: licence?.required ? true : undefined,
    institutionOnly: licence?.institutionOnly ? true : undefined,
    availableUntil: licence?.notAfter,
  };
}

/** What editors see of a title, in any state. */
export function editorView(title: Title) {
  const latest = title.versions[title.latest];
  return {
    assetId: title.assetId,
    title: title.title,
    publishState: title.publishState ?? "UNPUBLISHED",
    publishedAt: title.publishedAt,
    withdrawnAt: title.withdrawnAt,
    licence: title.licence ?? {},
    /** The version that viewers get while the title is published, and the one that publishing would give them. */
    playing: title.playing,
    ready: newestWatchable(title)?.version,
    latest: latest && { version: latest.version, status: latest.status, at: latest.at, failure: latest.failure },
  };
}
