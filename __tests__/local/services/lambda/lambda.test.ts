import { existsSync, readdirSync } from "node:fs";
import { devNull } from "node:os";
import { join } from "node:path";
import { zipSync } from "fflate";
import { AwsError } from "../../../../local/kernel/aws-service";
import { awsRequest, counter, OPERATOR, temporaryDirectory } from "../test-kit";
import { ARN, bundle, lambdaWith, ROLE, sha256, type TestFunction } from "./test-lambda";

const root = temporaryDirectory();
const directories = counter("function");
const start = (options: TestFunction, directory = join(root, directories())) => ({
  directory,
  ...lambdaWith(directory, options),
});

/** The answer of a function that is invoked once. */
async function answerOf(options: TestFunction, payload: unknown = {}): Promise<unknown> {
  const { payload: answer } = await start(options).lambda.invoke(OPERATOR, "worker", payload);
  return JSON.parse(answer) as unknown;
}

describe("an invocation", () => {
  test("hands the event over and brings the answer back", async () => {
    const { lambda, calls } = start({
      source: "export const handler = async (event: { a: number }) => ({ doubled: event.a * 2 });",
    });
    const result = await lambda.invoke(OPERATOR, "worker", { a: 21 });
    expect(result).toEqual({ requestId: "request-1", failed: false, payload: '{"doubled":42}' });
    expect(calls).toEqual([`${OPERATOR.arn} lambda:InvokeFunction ${ARN}`]);
  });

  test.each([
    ARN,
    `${ARN}:$LATEST`,
    `arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${ARN}/invocations`,
    "worker:$LATEST",
  ])("finds the function by %s", async (name) => {
    const { lambda } = start({ source: "export const handler = async () => 1;" });
    expect((await lambda.invoke(OPERATOR, name, {})).payload).toBe("1");
  });

  test("without an answer gives null", async () => {
    expect(await answerOf({ source: "export const handler = async () => undefined;" })).toBeNull();
  });

  test("sees the synthesised variables and Lambda's own, and nothing of this process", async () => {
    const source = "export const handler = async () => process.env;";
    const environment = { variables: { CATALOGUE_TABLE: "catalogue" } };
    const seen = (await answerOf({ source, values: { environment } })) as Record<string, string>;
    expect(seen).toEqual({
      CATALOGUE_TABLE: "catalogue",
      AWS_REGION: "eu-west-1",
      AWS_DEFAULT_REGION: "eu-west-1",
      AWS_ENDPOINT_URL: "http://127.0.0.1:4566",
      AWS_ACCESS_KEY_ID: `key of ${ROLE}`,
      AWS_SECRET_ACCESS_KEY: "secret",
      AWS_EXECUTION_ENV: "AWS_Lambda_nodejs22.x",
      AWS_LAMBDA_FUNCTION_NAME: "worker",
      AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: "128",
      AWS_LAMBDA_LOG_GROUP_NAME: "/aws/lambda/worker",
      AWS_LAMBDA_LOG_STREAM_NAME: "local",
      AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
      _HANDLER: "index.handler",
      LANG: "en_US.UTF-8",
      TZ: ":UTC",
      AWS_CONFIG_FILE: devNull,
      AWS_SHARED_CREDENTIALS_FILE: devNull,
    });
  });

  test("is told who it is and how long it has", async () => {
    const source =
      "export const handler = async (_: unknown, c: any) => ({ ...c, left: c.getRemainingTimeInMillis() });";
    const context = (await answerOf({ source, values: { timeout: 60 } })) as Record<string, unknown>;
    expect(context).toEqual({
      awsRequestId: "request-1",
      callbackWaitsForEmptyEventLoop: true,
      functionName: "worker",
      functionVersion: "$LATEST",
      invokedFunctionArn: ARN,
      memoryLimitInMB: "128",
      logGroupName: "/aws/lambda/worker",
      logStreamName: "local",
      left: expect.any(Number) as number,
    });
    expect(context.left).toBeGreaterThan(50_000);
    expect(context.left).toBeLessThanOrEqual(60_000);
  });

  test("of an unknown function is refused", async () => {
    const { lambda } = start({});
    const refusal = new AwsError(
      "ResourceNotFoundException",
      "Function not found: arn:aws:lambda:eu-west-1:000000000000:function:other",
      404,
    );
    await expect(lambda.invoke(OPERATOR, "other", {})).rejects.toThrow(refusal);
    expect(() => lambda.invokeAsync(OPERATOR, "other", {})).toThrow(refusal);
  });
});

describe("instances", () => {
  const COUNTING = "let calls = 0; export const handler = async () => ++calls;";

  test("stay warm between invocations", async () => {
    const { lambda, fetched } = start({ source: COUNTING });
    const answers = [];
    for (let call = 0; call < 3; call += 1) answers.push((await lambda.invoke(OPERATOR, "worker", {})).payload);
    expect(answers).toEqual(["1", "2", "3"]);
    expect(fetched).toEqual(["artifacts/lambda/worker.zip"]);
  });

  test("number four at most; others wait for their turn", async () => {
    const source =
      "let calls = 0; export const handler = async () => { calls += 1; await new Promise((r) => setTimeout(r, 50)); return calls; };";
    const { lambda } = start({ source });
    const results = await Promise.all(Array.from({ length: 6 }, () => lambda.invoke(OPERATOR, "worker", {})));
    expect(results.map(({ payload }) => payload).sort()).toEqual(["1", "1", "1", "1", "2", "2"]);
  });

  test("that crash fail their invocation, and the next one has a new instance", async () => {
    const source = `let calls = 0; export const handler = async (e: { crash?: boolean }) => {
      if (e.crash) { setTimeout(() => { throw new RangeError("out of the blue"); }, 0); await new Promise(() => {}); }
      return ++calls; };`;
    const { lambda } = start({ source });
    await lambda.invoke(OPERATOR, "worker", {});
    const crashed = await lambda.invoke(OPERATOR, "worker", { crash: true });
    expect(crashed.failed).toBe(true);
    expect(JSON.parse(crashed.payload)).toMatchObject({ errorType: "RangeError", errorMessage: "out of the blue" });
    expect((await lambda.invoke(OPERATOR, "worker", {})).payload).toBe("1");
  });

  test("that exit fail their invocation", async () => {
    const exited = await answerOf({ source: "export const handler = async () => process.exit(3);" });
    const errorMessage = "RequestId: request-1 Error: Runtime exited with error: exit status 3";
    expect(exited).toEqual({ errorType: "Runtime.ExitError", errorMessage, trace: [] });
  });

  test("that use up their memory fail their invocation", async () => {
    const source =
      "export const handler = async () => { const kept = []; for (;;) kept.push(new Array(1000).fill(Math.random())); };";
    const failed = await answerOf({ source, values: { memory_size: 16, timeout: 20 } });
    const errorMessage =
      "RequestId: request-1 Error: Runtime exited with error: signal: killed, the memory_size was used up";
    expect(failed).toEqual({ errorType: "Runtime.ExitError", errorMessage, trace: [] });
  });

  test("that run out of time are ended, even in a loop that never yields", async () => {
    const source =
      "let calls = 0; export const handler = async (e: { hang?: boolean }) => { while (e.hang); return ++calls; };";
    const { lambda } = start({ source, values: { timeout: 1 } });
    await lambda.invoke(OPERATOR, "worker", {});
    const late = await lambda.invoke(OPERATOR, "worker", { hang: true });
    expect([late.failed, JSON.parse(late.payload)]).toEqual([
      true,
      {
        errorType: "Sandbox.Timedout",
        errorMessage: `RequestId: ${late.requestId} Error: Task timed out after 1.00 seconds`,
        trace: [],
      },
    ]);
    expect((await lambda.invoke(OPERATOR, "worker", {})).payload).toBe("1");
  });
});

describe("failures of the function", () => {
  test("an error that is thrown keeps the instance", async () => {
    const { lambda } = start({
      source:
        'let calls = 0; export const handler = async () => { calls += 1; if (calls === 1) throw new TypeError("no such title"); return calls; };',
    });
    const failed = await lambda.invoke(OPERATOR, "worker", {});
    const trace = expect.arrayContaining(["TypeError: no such title"]) as string[];
    expect([failed.failed, JSON.parse(failed.payload)]).toEqual([
      true,
      { errorType: "TypeError", errorMessage: "no such title", trace },
    ]);
    expect(await lambda.invoke(OPERATOR, "worker", {})).toMatchObject({ failed: false, payload: "2" });
  });

  test.each([
    [
      "a handler that is not exported",
      "export const other = 1;",
      "Runtime.HandlerNotFound",
      "index.handler is undefined or not exported",
    ],
    ["a module that throws", 'throw new Error("CATALOGUE_TABLE is missing");', "Error", "CATALOGUE_TABLE is missing"],
  ])("%s", async (_, source, errorType, errorMessage) => {
    expect(await answerOf({ source })).toMatchObject({ errorType, errorMessage });
  });

  test("an answer that is too large", async () => {
    expect(await answerOf({ source: 'export const handler = async () => "x".repeat(6 * 1024 * 1024);' })).toEqual({
      errorType: "Function.ResponseSizeTooLarge",
      errorMessage: "Response payload size exceeded maximum allowed payload size (6291456 bytes), got 6291458.",
      trace: [],
    });
  });
});

describe("code", () => {
  test("other than the synthesised one is not run", async () => {
    const zip = bundle("export const handler = async () => 1;");
    expect(await answerOf({ zip, values: { source_code_hash: "other" } })).toEqual({
      errorType: "Runtime.CodeUnavailable",
      errorMessage: `worker: s3://artifacts/lambda/worker.zip has SHA-256 ${sha256(zip)}, the stack names other; build and synthesise again`,
      trace: [],
    });
  });

  test("that leaves its directory is not unpacked", async () => {
    const zip = Buffer.from(zipSync({ "../../outside.mjs": Buffer.from("x") }));
    const { lambda, directory } = start({ zip });
    expect(JSON.parse((await lambda.invoke(OPERATOR, "worker", {})).payload)).toMatchObject({
      errorMessage: 'worker: s3://artifacts/lambda/worker.zip holds "../../outside.mjs", which is outside the bundle',
    });
    expect(existsSync(join(directory, "code", "outside.mjs"))).toBe(false);
  });

  test("that could not be read is read again at the next invocation", async () => {
    const zip = bundle("export const handler = async () => 1;");
    let reads = 0;
    const fetchZip = async () => {
      reads += 1;
      if (reads === 1) throw new AwsError("NoSuchKey", "The specified key does not exist.", 404);
      return zip;
    };
    const { lambda } = start({ zip, options: { fetchZip } });
    expect(JSON.parse((await lambda.invoke(OPERATOR, "worker", {})).payload)).toMatchObject({
      errorType: "Runtime.CodeUnavailable",
      errorMessage: "The specified key does not exist.",
    });
    expect((await lambda.invoke(OPERATOR, "worker", {})).payload).toBe("1");
  });

  test("is unpacked once and found again after a restart", async () => {
    const source = "export const handler = async () => 1;";
    const first = start({ source });
    await first.lambda.invoke(OPERATOR, "worker", {});
    const second = start({ source }, first.directory);
    expect((await second.lambda.invoke(OPERATOR, "worker", {})).payload).toBe("1");
    expect(readdirSync(join(first.directory, "code", "worker"))).toHaveLength(1);
  });
});

test("what a function writes is in its log file, line by line with the request's id", async () => {
  const source = `export const handler = async () => {
    console.log("plain %s", "text"); console.warn(JSON.stringify({ code: "title.rejected" })); await new Promise((written) => process.stdout.write("raw\\n", written)); };`;
  const { lambda, logs } = start({ source });
  await lambda.invoke(OPERATOR, "worker", {});
  await lambda.stop();
  const lines = logs();
  expect(lines.filter(({ message }) => message !== "raw")).toEqual([
    { timestamp: expect.any(String) as string, level: "INFO", requestId: "request-1", message: "START" },
    { timestamp: expect.any(String) as string, level: "INFO", requestId: "request-1", message: "plain text" },
    {
      timestamp: expect.any(String) as string,
      level: "WARN",
      requestId: "request-1",
      message: { code: "title.rejected" },
    },
    {
      timestamp: expect.any(String) as string,
      level: "INFO",
      requestId: "request-1",
      message: expect.stringMatching(/^END after \d+ ms$/) as string,
    },
  ]);
  expect(lines).toContainEqual(expect.objectContaining({ level: "INFO", message: "raw" }));
});

describe("Invoke over HTTP", () => {
  const source =
    'export const handler = async (e: { fail?: boolean }) => { if (e.fail) throw new Error("no"); return e; };';
  const post = (body: string, type?: string, name = "worker") =>
    awsRequest({
      path: `/2015-03-31/functions/${encodeURIComponent(name)}/invocations`,
      headers: type === undefined ? {} : { "x-amz-invocation-type": type },
      body,
    });

  test("answers with the payload", async () => {
    expect(await start({ source }).lambda.handle(post('{"a":1}', undefined, ARN))).toEqual({
      status: 200,
      headers: {
        "content-type": "application/json",
        "x-amzn-requestid": "request-1",
        "x-amz-executed-version": "$LATEST",
      },
      body: '{"a":1}',
    });
  });

  test("tells a failed function by a header", async () => {
    const response = await start({ source }).lambda.handle(post('{"fail":true}', "RequestResponse"));
    expect([response.status, response.headers?.["x-amz-function-error"]]).toEqual([200, "Unhandled"]);
  });

  test("accepts events and dry runs", async () => {
    const { lambda } = start({ source });
    expect((await lambda.handle(post("{}", "Event"))).status).toBe(202);
    expect((await lambda.handle(post("{}", "DryRun"))).status).toBe(204);
    await lambda.idle();
  });

  test.each([
    ["{", undefined, "InvalidRequestContentException", /^Could not parse request body into json: /],
    [
      "{}",
      "Later",
      "InvalidParameterValueException",
      /^InvocationType must be one of RequestResponse, Event, DryRun, got Later\.$/,
    ],
    [
      JSON.stringify("x".repeat(1024 * 1024)),
      "Event",
      "RequestTooLargeException",
      /^Request must be smaller than 1048576 bytes for the InvokeFunction operation$/,
    ],
  ])("refuses what AWS refuses: %#", async (body, type, code, message) => {
    const refusal = start({ source }).lambda.handle(post(body, type));
    await expect(refusal).rejects.toMatchObject({ code, message: expect.stringMatching(message) as string });
  });

  test("has no other operation", async () => {
    const refusal = start({ source }).lambda.handle(awsRequest({ method: "GET", path: "/2015-03-31/functions" }));
    await expect(refusal).rejects.toThrow(
      new AwsError("UnknownOperationException", "Lambda answers Invoke here, got GET /2015-03-31/functions.", 404),
    );
  });
});
