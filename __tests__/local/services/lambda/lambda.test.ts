import { devNull } from "node:os";
import { AwsError } from "../../../../local/kernel/aws-service";
import { OPERATOR } from "../test-kit";
import { BEGINNING, answerOf, ARN, ROLE, start } from "./test-lambda";

describe("an invocation", () => {
  test("hands the event over and brings the answer back", async () => {
    const { lambda, calls } = start({
      source: "export const handler = async (event: { a: number }) => ({ doubled: event.a * 2 });",
    });
    const result = await lambda.invoke(OPERATOR, "worker", { a: 21 });
    expect(result).toEqual({ requestId: "request-1", failed: false, payload: '{"doubled":42}' });
    expect(calls).toEqual([`${OPERATOR.arn} lambda:InvokeFunction ${ARN}`, ...BEGINNING]);
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
      AWS_ACCESS_KEY_ID: `key of ${ROLE} as worker`,
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
      "export const handler = async (_: unknown, c: { getRemainingTimeInMillis(): number }) => ({ ...c, left: c.getRemainingTimeInMillis() });";
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
