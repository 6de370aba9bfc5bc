/** Something that happened on the way to the picture, for whoever reviews it. */
export interface Entry {
  /** Milliseconds since the journal began. */
  readonly at: number;
  readonly kind: "mint" | "manifest" | "rendition" | "edge" | "playback" | "problem";
  readonly text: string;
}

export interface Journal {
  add(kind: Entry["kind"], text: string): void;
  readonly entries: readonly Entry[];
}

/** Keeps the newest `capacity` entries: a page may stay open for a whole film. */
export function createJournal(now: () => number, onAdd: (entry: Entry) => void, capacity = 200): Journal {
  const begun = now();
  const entries: Entry[] = [];
  return {
    entries,
    add(kind, text) {
      const entry: Entry = { at: now() - begun, kind, text };
      entries.push(entry);
      if (entries.length > capacity) entries.shift();
      onAdd(entry);
    },
  };
}
