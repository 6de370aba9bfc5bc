import { join } from "node:path";
import { Journal } from "../journal";
import { compareKeys, firstAtOrAfter } from "./key-order";
import { isObject, type ObjectVersion, type Version } from "./version";

type Entry =
  | { readonly op: "add"; readonly key: string; readonly version: Version; readonly only?: boolean }
  | { readonly op: "remove"; readonly key: string; readonly versionId: string };

/** Rewriting the journal pays once it is mostly history. */
const COMPACT_RATIO = 2;

/**
 * The keys of a bucket with their versions: in memory for reading, in a journal over restarts. Keys are data here
 * and never become names of files, so that any of them is safe.
 */
export class BucketIndex {
  private readonly versions = new Map<string, Version[]>();
  /** Keys that are not deleted, in order. */
  private readonly live: string[];
  private readonly journal: Journal<Entry>;

  constructor(directory: string) {
    this.journal = new Journal<Entry>(join(directory, "index.jsonl"));
    const entries = this.journal.read();
    for (const entry of entries) this.replay(entry);
    this.live = [...this.versions.keys()].filter((key) => this.latest(key) !== undefined).sort(compareKeys);
    this.compact(entries.length);
  }

  /** What a plain read of a key sees. */
  latest(key: string): ObjectVersion | undefined {
    const version = this.versions.get(key)?.at(-1);
    return isObject(version) ? version : undefined;
  }

  version(key: string, versionId: string): Version | undefined {
    return this.versions.get(key)?.find((version) => version.versionId === versionId);
  }

  /** Keys that a listing shows, in the order of their UTF-8 bytes. */
  keys(): readonly string[] {
    return this.live;
  }

  /** Every version of every key, deleted ones included. */
  *all(): Generator<Version> {
    for (const versions of this.versions.values()) yield* versions;
  }

  /** Adds the newest version of a key; with `only`, in place of all others. Returns what it took the place of. */
  add(key: string, version: Version, only: boolean): ObjectVersion[] {
    const replaced = only ? (this.versions.get(key) ?? []).filter(isObject) : [];
    this.apply({ op: "add", key, version, ...(only ? { only } : {}) });
    return replaced;
  }

  /** Takes one version away for good; returns it. */
  remove(key: string, versionId: string): Version | undefined {
    const version = this.version(key, versionId);
    if (version) this.apply({ op: "remove", key, versionId });
    return version;
  }

  private apply(entry: Entry): void {
    this.journal.append(entry);
    this.replay(entry);
    const at = firstAtOrAfter(this.live, entry.key);
    const [listed, exists] = [this.live[at] === entry.key, this.latest(entry.key) !== undefined];
    if (exists && !listed) this.live.splice(at, 0, entry.key);
    if (!exists && listed) this.live.splice(at, 1);
  }

  private replay(entry: Entry): void {
    const versions = this.versions.get(entry.key) ?? [];
    if (entry.op === "add") {
      if (entry.only) versions.length = 0;
      versions.push(entry.version);
      this.versions.set(entry.key, versions);
      return;
    }
    const kept = versions.filter((version) => version.versionId !== entry.versionId);
    if (kept.length > 0) this.versions.set(entry.key, kept);
    else this.versions.delete(entry.key);
  }

  private compact(lines: number): void {
    const entries = [...this.versions].flatMap(([key, versions]) =>
      versions.map((version): Entry => ({ op: "add", key, version })),
    );
    if (lines > COMPACT_RATIO * (entries.length + 10)) this.journal.rewrite(entries);
  }
}
