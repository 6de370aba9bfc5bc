import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { Journal } from "../journal";

/** An asynchronous event that was accepted. */
export interface AcceptedEvent {
  readonly requestId: string;
  readonly functionName: string;
  /** JSON. */
  readonly payload: string;
  /** Milliseconds since 1970. */
  readonly acceptedAt: number;
}

type Entry = { readonly accepted: AcceptedEvent } | { readonly ended: string };

/** Accepted events on disk until they have ended, so that one under way when the process is killed runs again. */
export interface EventJournal {
  /** What an earlier process accepted and did not end, oldest first. */
  readonly unfinished: readonly AcceptedEvent[];
  accept(event: AcceptedEvent): void;
  end(requestId: string): void;
}

/** Opens the journal, rewritten without what has ended. */
export function openEventJournal(file: string): EventJournal {
  mkdirSync(dirname(file), { recursive: true });
  const journal = new Journal<Entry>(file);
  const open = new Map<string, AcceptedEvent>();
  for (const entry of journal.read()) {
    if ("accepted" in entry) open.set(entry.accepted.requestId, entry.accepted);
    else open.delete(entry.ended);
  }
  const unfinished = [...open.values()];
  journal.rewrite(unfinished.map((accepted) => ({ accepted })));
  return {
    unfinished,
    accept: (accepted) => journal.append({ accepted }),
    end: (ended) => journal.append({ ended }),
  };
}
