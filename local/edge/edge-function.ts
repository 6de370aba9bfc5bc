import vm from "node:vm";

/**
 * CloudFront stops a function by the compute it uses; a realm can only be stopped by the clock, which goes on while a
 * busy machine runs something else. So this ends endless loops and nothing shorter: a page's script that met 100 ms
 * here on a loaded machine got 503.
 */
const TIMEOUT_MS = 5_000;

/** A compiled `aws_cloudfront_function`. */
export interface EdgeFunction {
  readonly name: string;
  /** Calls `handler(event)` with a copy of the event; throws when the function does, or takes too long. */
  run(event: object): unknown;
}

/**
 * Compiles a function; throws with its name when it is not JavaScript. It runs in a realm of its own without
 * modules, timers, network or `eval`, and only text crosses the border.
 * {@link https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/writing-function-code.html}
 * @param timeoutMs after this long, by the clock, a call is stopped
 */
export function compileEdgeFunction(name: string, code: string, timeoutMs = TIMEOUT_MS): EdgeFunction {
  const script = compile(name, code);
  return {
    name,
    run(event) {
      const realm = vm.createContext(Object.create(null) as object, {
        codeGeneration: { strings: false, wasm: false },
        microtaskMode: "afterEvaluate", // so that an `async` handler is over, or out of time, when the call returns
      });
      vm.runInContext(`globalThis.input = ${JSON.stringify(JSON.stringify(event))};`, realm);
      script.runInContext(realm, { timeout: timeoutMs });
      const failure: unknown = vm.runInContext("globalThis.failure", realm);
      if (typeof failure === "string") throw new Error(`function ${name} failed: ${failure}`);
      const output: unknown = vm.runInContext("globalThis.output", realm);
      if (typeof output !== "string") throw new Error(`function ${name} returned neither a request nor a response`);
      return JSON.parse(output) as unknown;
    },
  };
}

function compile(name: string, code: string): vm.Script {
  // Called directly, not in a microtask: node does not survive stopping one that takes too long.
  const call = `
;(() => {
  const done = (result) => { globalThis.output = JSON.stringify(result); };
  const failed = (error) => { globalThis.failure = String((error && error.message) || error); };
  try {
    const result = handler(JSON.parse(globalThis.input));
    if (result && typeof result.then === "function") result.then(done, failed);
    else done(result);
  } catch (error) {
    failed(error);
  }
})();`;
  try {
    return new vm.Script(`globalThis.console = { log() {} };\n${code}\n${call}`, { filename: `${name}.js` });
  } catch (error) {
    throw new Error(`aws_cloudfront_function ${name}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
