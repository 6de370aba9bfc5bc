import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { MessageAttributes } from "./message-attributes";

/** A message as it outlives a restart; who received it does not, so it is simply visible again. */
export interface StoredMessage {
  readonly id: string;
  readonly body: string;
  readonly attributes: MessageAttributes;
  readonly senderId: string;
  /** Milliseconds since 1970. */
  readonly sentAt: number;
}

type Entry = { op: "send"; message: StoredMessage } | { op: "delete"; id: string } | { op: "purge" };

/** A queue's messages as an append-only file of JSON lines. */
export interface QueueLog {
  /** What the file held when it was opened, oldest first. */
  readonly messages: readonly StoredMessage[];
  append(entry: Entry): void;
}

/** Opens a log, rewriting it without what was deleted. A last line cut short by a kill is left out. */
export function openQueueLog(file: string): QueueLog {
  mkdirSync(dirname(file), { recursive: true });
  const messages = existsSync(file) ? replay(readFileSync(file, "utf8")) : [];
  const temporary = `${file}.new`;
  writeFileSync(temporary, messages.map((message) => line({ op: "send", message })).join(""));
  renameSync(temporary, file);
  return { messages, append: (entry) => appendFileSync(file, line(entry)) };
}

function replay(text: string): StoredMessage[] {
  const messages = new Map<string, StoredMessage>();
  for (const row of text.split("\n")) {
    const entry = parse(row);
    if (entry?.op === "send") messages.set(entry.message.id, entry.message);
    if (entry?.op === "delete") messages.delete(entry.id);
    if (entry?.op === "purge") messages.clear();
  }
  return [...messages.values()];
}

function parse(row: string): Entry | undefined {
  try {
    return JSON.parse(row) as Entry;
  } catch {
    return undefined;
  }
}

const line = (entry: Entry): string => `${JSON.stringify(entry)}\n`;
