import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { transformSync } from "esbuild";
import { zipSync } from "fflate";
import { createLambda, type LambdaOptions } from "../../../../local/services/lambda/lambda";
import { systemTimers } from "../../../../local/services/timers";
import { counter, deploymentOf, OPERATOR, recordingAuthorize, temporaryDirectory } from "../test-kit";

export const ROLE = "arn:aws:iam::000000000000:role/worker";
/** The first calls of a function that nobody invoked before: its role is taken, its log opened. */
export const BEGINNING = [
  `lambda.amazonaws.com sts:AssumeRole ${ROLE}`,
  ...["logs:CreateLogStream", "logs:PutLogEvents"].map(
    (action) => `${ROLE} ${action} arn:aws:logs:eu-west-1:000000000000:log-group:/aws/lambda/worker:log-stream:local`,
  ),
];
export const ARN = "arn:aws:lambda:eu-west-1:000000000000:function:worker";

/** A bundle as the build makes it: one ESM file `index.mjs`. */
export function bundle(source: string, fileName = "index.mjs"): Buffer {
  const { code } = transformSync(source, { loader: "ts", format: "esm", minify: true });
  const mtime = new Date(1980, 0, 1); // the same source is the same zip, whenever it is made
  return Buffer.from(zipSync({ [fileName]: Buffer.from(code) }, { mtime }));
}

export const sha256 = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("base64");

export interface TestFunction {
  readonly source?: string;
  readonly zip?: Buffer;
  readonly values?: Record<string, unknown>;
  /** Of `aws_lambda_function_event_invoke_config`. */
  readonly asynchronous?: Record<string, unknown>;
  readonly options?: Partial<LambdaOptions>;
}

/** Lambda with one function named `worker`; every instance started is ended after the test. */
export function lambdaWith(directory: string, { source = "", values, asynchronous, options, ...rest }: TestFunction) {
  const zip = rest.zip ?? bundle(source);
  const { authorize, calls } = recordingAuthorize();
  const sent: { principal: string; queueArn: string; body: unknown; attributes: unknown }[] = [];
  const lost: string[] = [];
  const fetched: string[] = [];
  const deployment = deploymentOf({
    "aws_lambda_function.worker": {
      function_name: "worker",
      role: ROLE,
      s3_bucket: "artifacts",
      s3_key: "lambda/worker.zip",
      source_code_hash: sha256(zip),
      handler: "index.handler",
      runtime: "nodejs22.x",
      timeout: 5,
      memory_size: 128,
      ...values,
    },
    ...(asynchronous && {
      "aws_lambda_function_event_invoke_config.worker": { function_name: "worker", ...asynchronous },
    }),
  });
  const lambda = createLambda({
    deployment,
    fetchZip: async (bucket, key) => {
      fetched.push(`${bucket}/${key}`);
      return zip;
    },
    directory,
    endpoint: "http://127.0.0.1:4566",
    credentialsFor: ({ arn, session }) => ({ accessKeyId: `key of ${arn} as ${session}`, secretAccessKey: "secret" }),
    send: async (principal, queueArn, body, attributes) => {
      sent.push({ principal: principal.arn, queueArn, body: JSON.parse(body), attributes });
    },
    authorize,
    clock: Date.now,
    ids: counter("request"),
    timers: systemTimers,
    onLost: (message) => lost.push(message),
    retryDelayMs: () => 1,
    ...options,
  });
  started.push(lambda);
  const logs = () =>
    readFileSync(join(directory, "logs", "worker.jsonl"), "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { level: string; requestId?: string; message: unknown });
  return { lambda, calls, sent, lost, fetched, logs };
}

const started: { stop(): Promise<void> }[] = [];

afterEach(async () => {
  await Promise.all(started.splice(0).map((lambda) => lambda.stop()));
});

export const root = temporaryDirectory();
const directories = counter("function");
export const newDirectory = (): string => join(root, directories());

/** The same in a folder of its own, unless one is given. */
export const start = (options: TestFunction, directory = newDirectory()) => ({
  directory,
  ...lambdaWith(directory, options),
});

/** The answer of a function that is invoked once. */
export async function answerOf(options: TestFunction, payload: unknown = {}): Promise<unknown> {
  const { payload: answer } = await start(options).lambda.invoke(OPERATOR, "worker", payload);
  return JSON.parse(answer) as unknown;
}
