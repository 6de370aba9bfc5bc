import { existsSync } from "node:fs";
import { join } from "node:path";
import { AwsError, type Authorize, type AwsService, type Principal } from "../../kernel/aws-service";
import type { Clock } from "../../kernel/clock";
import type { Deployment } from "../../terraform/deployment";
import type { SendMessage } from "../sqs/sqs";
import { roleSessions } from "../role-sessions";
import type { Timers } from "../timers";
import { createAsyncInvocations } from "./async-invocations";
import { functionEnvironment, type RoleCredentials } from "./environment";
import { openEventJournal } from "./event-journal";
import { createFunctionCode, type FetchZip } from "./function-code";
import { failure } from "./function-failure";
import { createFunctionLogs } from "./function-logs";
import { createFunctionPool, type FunctionPool } from "./function-pool";
import { readFunctions, type FunctionConfig } from "./functions";
import { startInstance, type Instance, type Outcome } from "./instance";
import { logPermission } from "./log-permission";
import { invokeApi } from "./invoke-api";
import type { InvokeResult } from "./invoke-result";

export interface LambdaOptions {
  readonly deployment: Deployment;
  readonly fetchZip: FetchZip;
  /** Holds `code/<function>/<digest>/`, `logs/<function>.jsonl`, and the accepted events in `events.jsonl`. */
  readonly directory: string;
  /** The gateway, as `AWS_ENDPOINT_URL` for every function. */
  readonly endpoint: string;
  readonly credentialsFor: (session: Principal) => RoleCredentials;
  /** Takes records of events that failed for good. */
  readonly send: SendMessage;
  readonly authorize: Authorize;
  readonly clock: Clock;
  readonly ids: () => string;
  readonly timers: Timers;
  readonly onLost: (message: string) => void;
  /** Told of every line that a function writes, and of the end of every invocation. */
  readonly watch?: {
    logged(line: string): void;
    invoked(functionName: string, failed: boolean): void;
  };
  /** Milliseconds before retry n of an asynchronous event, from 1. */
  readonly retryDelayMs?: (retry: number) => number;
}

export interface Lambda extends AwsService {
  /**
   * Invokes and waits. `nameOrArn` is a name, a function ARN or an invoke ARN. Rejects when the call is refused,
   * not when the function fails.
   */
  invoke(principal: Principal, nameOrArn: string, payload: unknown): Promise<InvokeResult>;
  /** Accepts an event and returns the request's id; throws when the call is refused. */
  invokeAsync(principal: Principal, nameOrArn: string, event: unknown): string;
  /** Runs the events that an earlier process accepted and did not end. */
  start(): void;
  /** Resolves when no asynchronous event is waiting or running. */
  idle(): Promise<void>;
  /** Ends every instance at once; asynchronous events that run or wait are left to the next start. */
  stop(): Promise<void>;
}

/** Copies of one function that run at the same time, a small machine's share of AWS's thousand. */
const INSTANCES_PER_FUNCTION = 4;

const shortDelay = (retry: number): number => 1000 * retry;

/**
 * Runs the built zips of the synthesised functions, each instance in a worker thread with an environment of its own.
 */
export function createLambda(options: LambdaOptions): Lambda {
  const { deployment, authorize, ids } = options;
  const functions = readFunctions(deployment);
  const load = createFunctionCode({ fetchZip: options.fetchZip, directory: join(options.directory, "code"), ids });
  const assume = roleSessions(authorize, options.clock, "lambda.amazonaws.com");
  const sessionOf = ({ name, roleArn }: FunctionConfig): Principal => assume(roleArn, { session: name });
  const logs = createFunctionLogs({
    directory: join(options.directory, "logs"),
    clock: options.clock,
    mayWrite: logPermission({ deployment, authorize, sessionOf }),
    onRefused: options.onLost,
  });
  const pools = new Map<string, FunctionPool>();
  const journal = openEventJournal(join(options.directory, "events.jsonl"));
  const events = createAsyncInvocations({ retryDelayMs: shortDelay, ...options, run, sessionOf, journal });
  let stopped = false;

  async function start(config: FunctionConfig): Promise<Instance> {
    const session = sessionOf(config);
    const directory = await load(config);
    const [file = "", exportName = ""] = config.handler.split(/\.(?=[^.]*$)/);
    const found = [".mjs", ".js", ".cjs"]
      .map((suffix) => join(directory, file + suffix))
      .find((path) => existsSync(path));
    return startInstance({
      modulePath: found ?? join(directory, `${file}.mjs`),
      exportName,
      handler: config.handler,
      environment: functionEnvironment(config, deployment.region, options.endpoint, options.credentialsFor(session)),
      memoryMb: config.memoryMb,
      timeoutMs: config.timeoutSeconds * 1000,
      context: contextOf(config),
      timers: options.timers,
      onLog(line) {
        logs.write(config, line);
        options.watch?.logged(line.text);
      },
    });
  }

  async function run(config: FunctionConfig, requestId: string, payload: string): Promise<Outcome> {
    if (stopped) return { ok: false, failure: failure("ServiceException", "Lambda is stopping") };
    const pool = pools.get(config.name) ?? createFunctionPool(() => start(config), INSTANCES_PER_FUNCTION);
    pools.set(config.name, pool);
    logs.write(config, { level: "INFO", requestId, text: "START" });
    const began = options.clock();
    // Code that cannot be loaded is the function's failure, not the caller's.
    const outcome = await pool.run(requestId, payload).catch((error: unknown): Outcome => {
      return { ok: false, failure: failure("Runtime.CodeUnavailable", (error as Error).message) };
    });
    const end = outcome.ok ? "END" : `END ${outcome.failure.errorType}: ${outcome.failure.errorMessage}`;
    const text = `${end} after ${options.clock() - began} ms`;
    logs.write(config, { level: outcome.ok ? "INFO" : "ERROR", requestId, text });
    options.watch?.invoked(config.name, !outcome.ok);
    return outcome;
  }

  function permitted(principal: Principal, nameOrArn: string): FunctionConfig {
    const name = functionName(nameOrArn);
    const config = functions.get(name);
    if (!config) {
      const arn = `arn:aws:lambda:${deployment.region}:${deployment.account}:function:${name}`;
      throw new AwsError("ResourceNotFoundException", `Function not found: ${arn}`, 404);
    }
    authorize(principal, "lambda:InvokeFunction", config.arn);
    return config;
  }

  async function invoke(principal: Principal, nameOrArn: string, payload: string): Promise<InvokeResult> {
    const config = permitted(principal, nameOrArn);
    const requestId = ids();
    const outcome = await run(config, requestId, payload);
    return { requestId, failed: !outcome.ok, payload: outcome.ok ? outcome.payload : JSON.stringify(outcome.failure) };
  }

  function accept(principal: Principal, nameOrArn: string, payload: string): string {
    const config = permitted(principal, nameOrArn);
    const requestId = ids();
    events.accept(config, requestId, payload);
    return requestId;
  }

  return {
    name: "lambda",
    invoke: (principal, name, payload) => invoke(principal, name, JSON.stringify(payload)),
    invokeAsync: (principal, name, event) => accept(principal, name, JSON.stringify(event)),
    handle: (request) =>
      invokeApi(request, {
        invoke: (name, payload) => invoke(request.principal, name, payload),
        accept: (name, payload) => accept(request.principal, name, payload),
        check: (name) => void permitted(request.principal, name),
      }),
    start: () => events.resume((name) => functions.get(name)),
    idle: () => events.idle(),
    async stop() {
      stopped = true;
      events.stop();
      await Promise.all([...pools.values()].map((pool) => pool.end()));
      await events.idle();
      await logs.close();
    },
  };
}

/** The name in `name`, `name:qualifier`, a function ARN, or an API's invoke ARN. */
function functionName(nameOrArn: string): string {
  return /:function:([^:/]+)/.exec(nameOrArn)?.[1] ?? nameOrArn.split(":")[0] ?? nameOrArn;
}

const contextOf = (config: FunctionConfig): Record<string, string> => ({
  functionName: config.name,
  functionVersion: "$LATEST",
  invokedFunctionArn: config.arn,
  memoryLimitInMB: String(config.memoryMb),
  logGroupName: `/aws/lambda/${config.name}`,
  logStreamName: "local",
});
