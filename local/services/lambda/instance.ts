import { join } from "node:path";
import { Worker } from "node:worker_threads";
import type { Timers } from "../timers";
import { failure, type FunctionFailure } from "./function-failure";

/** A line that a handler wrote. */
export interface LogLine {
  readonly requestId?: string;
  readonly level: string;
  readonly text: string;
}

export interface InstanceOptions {
  /** Absolute path of the module. */
  readonly modulePath: string;
  readonly exportName: string;
  /** `index.handler`, for messages. */
  readonly handler: string;
  /** All of the handler's `process.env`. */
  readonly environment: Readonly<Record<string, string>>;
  readonly memoryMb: number;
  readonly timeoutMs: number;
  /** Constant members of the context object that handlers receive. */
  readonly context: Readonly<Record<string, string>>;
  readonly timers: Timers;
  readonly onLog: (line: LogLine) => void;
}

export type Outcome =
  { readonly ok: true; readonly payload: string } | { readonly ok: false; readonly failure: FunctionFailure };

/** One warm copy of a function: a worker thread that answers one invocation at a time. */
export interface Instance {
  /** False once it crashed, ran out of time or was ended; then a new one is needed. */
  readonly alive: boolean;
  invoke(requestId: string, payload: string): Promise<Outcome>;
  end(): Promise<void>;
}

type WorkerMessage =
  | { type: "ready" }
  | { type: "init-error"; error: FunctionFailure }
  | { type: "log"; requestId?: string; level: string; text: string }
  | { type: "result"; payload: string }
  | { type: "failure"; error: FunctionFailure };

/**
 * AWS allows ten seconds for what stands outside the handler:
 * https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
 */
const INIT_MS = 10_000;

/**
 * Largest answer of a synchronous invocation:
 * https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
const MAXIMUM_RESPONSE_BYTES = 6 * 1024 * 1024;

/** Starts an instance; its first invocation waits for the bundle to load. */
export function startInstance(options: InstanceOptions): Instance {
  const worker = new Worker(join(__dirname, "bootstrap.mjs"), {
    env: { ...options.environment },
    // The bundle must run on Node alone, whatever loaders run this process.
    execArgv: [],
    argv: [],
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: options.memoryMb },
    workerData: {
      modulePath: options.modulePath,
      exportName: options.exportName,
      context: { handler: options.handler, visible: options.context },
    },
  });
  const started = new Settled<Outcome | "ready">();
  let current: { requestId: string; settled: Settled<Outcome> } | undefined;
  let alive = true;
  // An idle instance keeps no process alive.
  worker.unref();

  function die(reason: FunctionFailure): void {
    alive = false;
    started.resolve({ ok: false, failure: reason });
    current?.settled.resolve({ ok: false, failure: reason });
  }

  worker.on("message", (message: WorkerMessage) => {
    if (message.type === "log")
      options.onLog({ requestId: message.requestId, level: message.level, text: message.text });
    if (message.type === "ready") started.resolve("ready");
    if (message.type === "init-error") die(message.error);
    if (message.type === "result") current?.settled.resolve(answer(message.payload));
    if (message.type === "failure") current?.settled.resolve({ ok: false, failure: message.error });
  });
  worker.on("error", (error: NodeJS.ErrnoException) => die(crash(error, current?.requestId)));
  worker.on("exit", (code) => die(exited(`exit status ${code}`, current?.requestId)));
  for (const [stream, level] of [[worker.stdout, "INFO"] as const, [worker.stderr, "ERROR"] as const]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      for (const line of text.split("\n").filter(Boolean))
        options.onLog({ requestId: current?.requestId, level, text: line });
    });
  }

  async function run(requestId: string, payload: string): Promise<Outcome> {
    const settled = new Settled<Outcome>();
    current = { requestId, settled };
    const initSeconds = INIT_MS / 1000;
    const beginning = await within(
      started,
      INIT_MS,
      () => ({ ok: false, failure: timedOut(requestId, initSeconds) }) as const,
    );
    if (beginning !== "ready") return beginning;
    if (!alive) return settled.promise;
    worker.postMessage({ id: requestId, payload, timeoutMs: options.timeoutMs });
    return within(settled, options.timeoutMs, () => ({
      ok: false,
      failure: timedOut(requestId, options.timeoutMs / 1000),
    }));
  }

  /** Settles by itself or, when time is up, with what `late` gives; then the instance is of no more use. */
  function within<Value>(settled: Settled<Value>, ms: number, late: () => Value): Promise<Value> {
    const cancel = options.timers.after(ms, () => {
      alive = false;
      settled.resolve(late());
      void worker.terminate();
    });
    return settled.promise.finally(cancel);
  }

  return {
    get alive() {
      return alive;
    },
    async invoke(requestId, payload) {
      worker.ref();
      try {
        return await run(requestId, payload);
      } finally {
        current = undefined;
        worker.unref();
      }
    },
    async end() {
      await worker.terminate();
    },
  };
}

/** A promise that the first of several sources settles. */
class Settled<Value> {
  resolve!: (value: Value) => void;
  readonly promise = new Promise<Value>((resolve) => (this.resolve = resolve));
}

function answer(payload: string): Outcome {
  const bytes = Buffer.byteLength(payload);
  if (bytes <= MAXIMUM_RESPONSE_BYTES) return { ok: true, payload };
  const message = `Response payload size exceeded maximum allowed payload size (${MAXIMUM_RESPONSE_BYTES} bytes), got ${bytes}.`;
  return { ok: false, failure: failure("Function.ResponseSizeTooLarge", message) };
}

function crash(error: NodeJS.ErrnoException, requestId: string | undefined): FunctionFailure {
  if (error.code === "ERR_WORKER_OUT_OF_MEMORY")
    return exited("signal: killed, the memory_size was used up", requestId);
  return failure(error.name, error.message, String(error.stack ?? "").split("\n"));
}

const exited = (how: string, requestId = "unknown"): FunctionFailure =>
  failure("Runtime.ExitError", `RequestId: ${requestId} Error: Runtime exited with error: ${how}`);

const timedOut = (requestId: string, seconds: number): FunctionFailure =>
  failure("Sandbox.Timedout", `RequestId: ${requestId} Error: Task timed out after ${seconds.toFixed(2)} seconds`);
