import { createWriteStream, mkdirSync, type WriteStream } from "node:fs";
import { join } from "node:path";
import type { Clock } from "../../kernel/clock";
import { isObject } from "../json-protocol";
import type { LogLine } from "./instance";

/** One file of JSON lines a function, in the members of Lambda's JSON log format. */
export interface FunctionLogs {
  write(functionName: string, line: LogLine): void;
  /** Resolves when everything written is on disk. */
  close(): Promise<void>;
}

export function createFunctionLogs(directory: string, clock: Clock): FunctionLogs {
  const streams = new Map<string, WriteStream>();
  let closed = false;

  function open(functionName: string): WriteStream {
    mkdirSync(directory, { recursive: true });
    const stream = createWriteStream(join(directory, `${functionName}.jsonl`), { flags: "a" });
    // A full disk must not end the platform; the services that store media report it.
    stream.on("error", () => streams.delete(functionName));
    streams.set(functionName, stream);
    return stream;
  }

  return {
    write(functionName, { level, requestId, text }) {
      if (closed) return;
      const entry = { timestamp: new Date(clock()).toISOString(), level, requestId, message: structured(text) };
      (streams.get(functionName) ?? open(functionName)).write(`${JSON.stringify(entry)}\n`);
    },
    async close() {
      closed = true;
      const closing = [...streams.values()].map((stream) => new Promise<void>((resolve) => stream.end(resolve)));
      streams.clear();
      await Promise.all(closing);
    },
  };
}

/** Handlers log objects as JSON: they stay objects in the file. */
function structured(text: string): unknown {
  if (!text.startsWith("{")) return text;
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : text;
  } catch {
    return text;
  }
}
