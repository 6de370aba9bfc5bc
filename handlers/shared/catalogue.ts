import type { LicenceTerms, Title } from "./title";

/** What to make of a title as it stands: nothing, or its next state. `result` goes back to the caller. */
export interface Decision<R> {
  readonly write?: Title;
  readonly result: R;
}

/** A published title, as the index holds it: what lists show, and what decides whether they may. */
export interface PublishedTitle {
  readonly assetId: string;
  readonly title: string;
  readonly publishedAt: string;
  readonly poster?: string;
  readonly durationSeconds?: number;
  readonly licence?: LicenceTerms;
}

/** Where a list of published titles goes on. */
export interface ListPosition {
  readonly publishedAt: string;
  readonly assetId: string;
}

/** The titles. Handlers know this and not the database, so their tests need none. */
export interface Catalogue {
  /** Strongly consistent. */
  read(assetId: string): Promise<Title | undefined>;
  /**
   * Reads the title, asks `decide`, and writes its answer on condition that nobody wrote in between; otherwise it reads
   * and asks again. `decide` must be pure: it may be asked several times.
   */
  change<R>(assetId: string, decide: (title: Title | undefined) => Decision<R>): Promise<R>;
  /** Published titles, newest first. */
  published(limit: number, after?: ListPosition): Promise<{ items: PublishedTitle[]; next?: ListPosition }>;
  /** Ids of all titles that wait for MediaPackage, longest waiting first, fetched as they are asked for. */
  packaging(): AsyncIterable<string>;
  /** Ids of all titles that are being prepared, the oldest first, fetched as they are asked for. */
  atWork(): AsyncIterable<string>;
}
