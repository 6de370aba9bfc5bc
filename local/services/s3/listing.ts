import { compareKeys, firstAtOrAfter } from "./key-order";

export interface ListingQuery {
  readonly prefix: string;
  /** Keys that have it after the prefix are shown as one common prefix; empty for none. */
  readonly delimiter: string;
  /** Shows what comes after this key or common prefix. */
  readonly after: string;
  /** Keys and common prefixes together. */
  readonly limit: number;
}

export interface Listing {
  readonly keys: readonly string[];
  readonly commonPrefixes: readonly string[];
  /** Where the next page begins; undefined when this is the last. */
  readonly next?: string;
}

/** A page of ordered keys, by S3's rules for prefix and delimiter. */
export function listKeys(all: readonly string[], { prefix, delimiter, after, limit }: ListingQuery): Listing {
  const keys: string[] = [];
  const commonPrefixes: string[] = [];
  let last: string | undefined;
  const start = firstAtOrAfter(all, compareKeys(after, prefix) > 0 ? after : prefix);
  for (let index = start; index < all.length && limit > 0; index += 1) {
    const key = all[index]!;
    if (!key.startsWith(prefix)) break;
    if (after !== "" && compareKeys(key, after) <= 0) continue;
    const cut = delimiter === "" ? -1 : key.indexOf(delimiter, prefix.length);
    const common = cut < 0 ? undefined : key.slice(0, cut + delimiter.length);
    if (common !== undefined && (common === last || common === after)) continue;
    if (keys.length + commonPrefixes.length === limit) return { keys, commonPrefixes, next: last };
    if (common === undefined) keys.push(key);
    else commonPrefixes.push(common);
    last = common ?? key;
  }
  return { keys, commonPrefixes };
}
