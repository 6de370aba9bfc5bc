import type { ResponseHeaders } from "./types";

/** A whole response in the cache. Times in milliseconds. */
export interface CachedObject {
  readonly path: string;
  readonly status: number;
  readonly headers: ResponseHeaders;
  readonly body: Buffer;
  readonly storedAt: number;
  readonly expiresAt: number;
}

export interface ObjectCache {
  get(key: string): CachedObject | undefined;
  /** Keeps an object, dropping those used longest ago until there is room; what is too large alone is not kept. */
  put(key: string, object: CachedObject): void;
  delete(key: string): void;
  deleteWhere(matches: (object: CachedObject) => boolean): number;
  /** Bytes in use. */
  size(): number;
}

/** Kept beside the body: key, headers and bookkeeping, roughly. */
const OVERHEAD_BYTES = 1024;

/** A cache in memory, bounded in bytes; the object used longest ago goes first. */
export function makeObjectCache(capacity: number): ObjectCache {
  const objects = new Map<string, CachedObject>(); // in the order of last use
  let used = 0;
  const cost = (object: CachedObject) => object.body.length + OVERHEAD_BYTES;
  const remove = (key: string) => {
    const object = objects.get(key);
    if (!object) return;
    objects.delete(key);
    used -= cost(object);
  };
  return {
    get(key) {
      const object = objects.get(key);
      if (!object) return undefined;
      objects.delete(key);
      objects.set(key, object);
      return object;
    },
    put(key, object) {
      remove(key);
      if (cost(object) > capacity) return;
      for (const oldest of objects.keys()) {
        if (used + cost(object) <= capacity) break;
        remove(oldest);
      }
      objects.set(key, object);
      used += cost(object);
    },
    delete: remove,
    deleteWhere(matches) {
      const keys = [...objects].filter(([, object]) => matches(object)).map(([key]) => key);
      keys.forEach(remove);
      return keys.length;
    },
    size: () => used,
  };
}
