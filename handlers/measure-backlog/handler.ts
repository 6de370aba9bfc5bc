import type { Catalogue } from "../shared/catalogue";
import type { Log } from "../shared/log";
import { type Title, type Version, WORK_STATUSES } from "../shared/title";

/** Jobs of the transcoding queue. */
export interface QueueDepth {
  readonly waiting: number;
  readonly progressing: number;
}

export interface Deps {
  readonly catalogue: Pick<Catalogue, "read" | "atWork">;
  readonly queueDepth: () => Promise<QueueDepth>;
  readonly stuckAfterMinutes: number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly log: Log;
}

/** Stuck versions that one run names; all are counted. */
const NAMED = 20;

/**
 * Every minute: how much waits, and what has waited for too long. MediaConvert publishes no depth of a queue, and a
 * title whose events were lost would be missed by nobody but its producer.
 */
export const makeHandler = (deps: Deps) => async (): Promise<void> => {
  const { waiting, progressing } = await deps.queueDepth();
  deps.log("QUEUE_MEASURED", { waiting, progressing });
  let atWork = 0;
  let stuck = 0;
  for await (const assetId of deps.catalogue.atWork()) {
    atWork += 1;
    const title = await deps.catalogue.read(assetId);
    for (const { version, minutes } of overdue(deps, title)) {
      stuck += 1;
      const fields = { assetId, version: version.version, status: version.status, minutes };
      if (stuck <= NAMED) deps.log("TITLE_STUCK", fields);
    }
  }
  deps.log("TITLES_MEASURED", { atWork, stuck });
};

function overdue({ stuckAfterMinutes, now }: Deps, title: Title | undefined): { version: Version; minutes: number }[] {
  return Object.values(title?.versions ?? {})
    .filter(({ status }) => WORK_STATUSES.includes(status))
    .map((version) => ({ version, minutes: Math.floor((now() - Date.parse(version.at.RECEIVED ?? "")) / 60_000) }))
    .filter(({ minutes }) => minutes >= stuckAfterMinutes);
}
