// Runs inside one warm instance, a worker thread: loads the bundle, then answers invocations one at a time.
// It imports nothing but Node's own modules, as it shares the thread with the handler that would be deployed.
import { parentPort, workerData } from "node:worker_threads";
import { pathToFileURL } from "node:url";
import { format } from "node:util";

const { modulePath, exportName, context } = workerData;
let requestId;

for (const level of ["trace", "debug", "info", "log", "warn", "error"]) {
  console[level] = (...values) => {
    const name = level === "log" ? "INFO" : level.toUpperCase();
    parentPort.postMessage({ type: "log", requestId, level: name, text: format(...values) });
  };
}

// The edge speaks plain http on this machine where it speaks https on AWS.
const { fetch } = globalThis;
globalThis.fetch = (address, options) =>
  fetch(
    typeof address === "string" ? address.replace(/^https:\/\/127\.0\.0\.1:/, "http://127.0.0.1:") : address,
    options,
  );

const describe = (error) =>
  error instanceof Error
    ? { errorType: error.name, errorMessage: error.message, trace: String(error.stack ?? "").split("\n") }
    : { errorType: typeof error, errorMessage: format(error), trace: [] };

async function loadHandler() {
  try {
    const handler = (await import(pathToFileURL(modulePath).href))[exportName];
    if (typeof handler === "function") return handler;
  } catch (error) {
    parentPort.postMessage({ type: "init-error", error: describe(error) });
    return undefined;
  }
  const errorMessage = `${context.handler} is undefined or not exported`;
  parentPort.postMessage({
    type: "init-error",
    error: { errorType: "Runtime.HandlerNotFound", errorMessage, trace: [] },
  });
  return undefined;
}

async function invoke(handler, { id, payload, timeoutMs }) {
  requestId = id;
  const deadline = performance.now() + timeoutMs;
  try {
    const result = await handler(JSON.parse(payload), {
      ...context.visible,
      awsRequestId: id,
      callbackWaitsForEmptyEventLoop: true,
      getRemainingTimeInMillis: () => Math.max(0, Math.round(deadline - performance.now())),
    });
    parentPort.postMessage({ type: "result", payload: JSON.stringify(result) ?? "null" });
  } catch (error) {
    parentPort.postMessage({ type: "failure", error: describe(error) });
  }
}

const handler = await loadHandler();
if (handler) {
  parentPort.on("message", (message) => void invoke(handler, message));
  parentPort.postMessage({ type: "ready" });
}
