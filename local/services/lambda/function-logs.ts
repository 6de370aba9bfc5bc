import { createWriteStream, mkdirSync, type WriteStream } from "node:fs";
import { join } from "node:path";
import type { Clock } from "../../kernel/clock";
import { isObject } from "../json-protocol";
import type { FunctionConfig } from "./functions";
import type { LogLine } from "./instance";
import type { LogPermission } from "./log-permission";

/** One file of JSON lines a function, in the members of Lambda's JSON log format. */
export interface FunctionLogs {
  write(config: FunctionConfig, line: LogLine): void;
  /** Resolves when everything written is on disk. */
  close(): Promise<void>;
}

export interface FunctionLogsOptions {
  readonly directory: string;
  readonly clock: Clock;
  /** Asked once a function. */
  readonly mayWrite: LogPermission;
  /** Told of a function whose log is refused. */
  readonly onRefused: (message: string) => void;
}

export function createFunctionLogs({ directory, clock, mayWrite, onRefused }: FunctionLogsOptions): FunctionLogs {
  const streams = new Map<string, WriteStream>();
  const refused = new Map<string, boolean>();
  let closed = false;

  function isRefused(config: FunctionConfig): boolean {
    const known = refused.get(config.name);
    if (known !== undefined) return known;
    const reason = mayWrite(config);
    refused.set(config.name, reason !== undefined);
    if (reason !== undefined) onRefused(`${config.name}: its log is not written: ${reason}`);
    return reason !== undefined;
  }

  function open(functionName: string): WriteStream {
    mkdirSync(directory, { recursive: true });
    const stream = createWriteStream(join(directory, `${functionName}.jsonl`), { flags: "a" });
    // A full disk must not end the platform; the services that store media report it.
    stream.on("error", () => streams.delete(functionName));
    streams.set(functionName, stream);
    return stream;
  }

  return {
    write(config, { level, requestId, text }) {
      if (closed || isRefused(config)) return;
      const entry = { timestamp: new Date(clock()).toISOString(), level, requestId, message: structured(text) };
      (streams.get(config.name) ?? open(config.name)).write(`${JSON.stringify(entry)}\n`);
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
