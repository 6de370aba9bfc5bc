import type { Catalogue } from "../../handlers/shared/catalogue";
import type { Title } from "../../handlers/shared/title";
import { newestWatchable, withLive, withWithdrawal } from "../../handlers/shared/title-changes";
import type { BlockedTitles } from "./blocked-titles";
import type { EdgeCache } from "./edge-cache";
import { takedownPaths, takedownRule } from "./takedown-rule";

export interface Deps {
  readonly catalogue: Pick<Catalogue, "change">;
  readonly blocked: Pick<BlockedTitles, "list" | "block" | "unblock">;
  readonly cache: Pick<EdgeCache, "forget">;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly print: (line: string) => void;
}

/** Nobody gets a new cookie from now on; with `immediately`, those that were given out open nothing any more either. */
export async function withdraw(deps: Deps, assetId: string, immediately: boolean): Promise<void> {
  const now = isoNow(deps);
  const title = await deps.catalogue.change(assetId, (found) => {
    const before = existing(assetId, found);
    const after = withWithdrawal(before, now);
    return before.publishState === "WITHDRAWN" ? { result: before } : { write: after, result: after };
  });
  deps.print(`withdrawn: ${assetId}. The mint refuses it and no list shows it, from now on.`);
  if (!immediately) {
    deps.print("Cookies that were given out play on until they end (entitle.cookieSeconds); --now ends them as well.");
    return;
  }
  await deps.blocked.block(takedownRule(title));
  deps.print("blocked: the firewall refuses all its paths, at every edge location within minutes, mostly within one.");
  const invalidation = await deps.cache.forget(takedownPaths(title));
  deps.print(`forgotten: invalidation ${invalidation} empties the edge's cache of it, within minutes.`);
}

/** Puts the newest version that can be watched on show, and lifts the firewall's block first. */
export async function publish(deps: Deps, assetId: string): Promise<void> {
  const now = isoNow(deps);
  await deps.catalogue.change(assetId, (found) => ({ result: publishable(assetId, found, now) }));
  if (await deps.blocked.unblock(assetId)) deps.print(`unblocked: ${assetId}, at every edge location within minutes.`);
  const title = await deps.catalogue.change(assetId, (found) => {
    const write = publishable(assetId, found, now);
    return { write, result: write };
  });
  deps.print(`published: ${assetId}, version ${title.playing}.`);
}

/** Lifts the firewall's block; the title stays as it is. */
export async function unblock({ blocked, print }: Deps, assetId: string): Promise<void> {
  const was = await blocked.unblock(assetId);
  print(was ? `unblocked: ${assetId}; it stays withdrawn.` : `${assetId} was not blocked.`);
}

/** Prints what the firewall blocks, one id a line. */
export async function listBlocked({ blocked, print }: Deps): Promise<void> {
  for (const assetId of await blocked.list()) print(assetId);
}

function existing(assetId: string, title: Title | undefined): Title {
  if (title) return title;
  throw new Error(`${assetId}: the catalogue has no such title; the ids are in GET /api/titles and in the catalogue`);
}

function publishable(assetId: string, found: Title | undefined, now: string): Title {
  const title = existing(assetId, found);
  const version = newestWatchable(title);
  if (version) return withLive(title, version, now);
  throw new Error(`${assetId}: no version of it can be watched; wait until one is READY, or upload it again`);
}

function isoNow({ now }: Deps): string {
  return new Date(now()).toISOString();
}
