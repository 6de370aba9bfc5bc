import { OPERATOR } from "../test-kit";
import { BEGINNING, ARN, lambdaWith, newDirectory, ROLE, start } from "./test-lambda";

const PARKED = "arn:aws:sqs:eu-west-1:000000000000:parked";
const TO_PARKED = { destination_config: [{ on_failure: [{ destination: PARKED }] }] };
const FAILING =
  "let calls = 0; export const handler = async () => { calls += 1; throw new Error(`attempt ${calls}`); };";

test("an event is accepted at once and the function runs afterwards", async () => {
  const { lambda, lost, sent, calls } = start({ source: "export const handler = async () => 1;" });
  expect(lambda.invokeAsync(OPERATOR, "worker", { a: 1 })).toBe("request-1");
  await lambda.idle();
  expect([lost, sent]).toEqual([[], []]);
  expect(calls).toEqual([`${OPERATOR.arn} lambda:InvokeFunction ${ARN}`, ...BEGINNING]);
});

test("a failing event is tried three times by default, then its record goes to the on-failure queue in AWS's shape", async () => {
  const { lambda, sent, lost } = start({ source: FAILING, asynchronous: TO_PARKED });
  lambda.invokeAsync(OPERATOR, "worker", { title: "a" });
  await lambda.idle();
  const body = {
    version: "1.0",
    timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) as string,
    requestContext: {
      requestId: "request-1",
      functionArn: `${ARN}:$LATEST`,
      condition: "RetriesExhausted",
      approximateInvokeCount: 3,
    },
    requestPayload: { title: "a" },
    responseContext: { statusCode: 200, executedVersion: "$LATEST", functionError: "Unhandled" },
    responsePayload: { errorType: "Error", errorMessage: "attempt 3", trace: expect.any(Array) as string[] },
  };
  expect(sent).toEqual([{ principal: ROLE, queueArn: PARKED, body, attributes: undefined }]);
  expect(lost).toEqual([]);
});

test("an event that a retry brings through goes nowhere else", async () => {
  const source = "let calls = 0; export const handler = async () => { calls += 1; if (calls < 2) throw new Error(); };";
  const { lambda, sent, lost } = start({ source, asynchronous: TO_PARKED });
  lambda.invokeAsync(OPERATOR, "worker", {});
  await lambda.idle();
  expect([sent, lost]).toEqual([[], []]);
});

test("maximum_retry_attempts 0 means one attempt, and a dead-letter queue takes the bare event", async () => {
  const { lambda, sent } = start({
    source: FAILING,
    values: { dead_letter_config: { target_arn: PARKED } },
    asynchronous: { maximum_retry_attempts: 0 },
  });
  lambda.invokeAsync(OPERATOR, "worker", { title: "a" });
  await lambda.idle();
  const attributes = { RequestID: "request-1", ErrorCode: "200", ErrorMessage: "attempt 1" };
  expect(sent).toEqual([{ principal: ROLE, queueArn: PARKED, body: { title: "a" }, attributes }]);
});

test("an event that would be too old for a retry is given up", async () => {
  const { lambda, sent } = start({
    source: FAILING,
    asynchronous: { ...TO_PARKED, maximum_event_age_in_seconds: 60 },
    options: { retryDelayMs: () => 61_000 },
  });
  lambda.invokeAsync(OPERATOR, "worker", {});
  await lambda.idle();
  expect(sent).toMatchObject([
    { body: { requestContext: { condition: "EventAgeExceeded", approximateInvokeCount: 1 } } },
  ]);
});

test("a success is recorded where the stack asks for it", async () => {
  const { lambda, sent } = start({
    source: "export const handler = async () => ({ done: true });",
    asynchronous: { destination_config: { on_success: { destination: PARKED } } },
  });
  lambda.invokeAsync(OPERATOR, "worker", {});
  await lambda.idle();
  const body = { requestContext: { condition: "Success" }, responsePayload: { done: true } };
  expect(sent).toMatchObject([{ queueArn: PARKED, body }]);
});

test("an event that fails for good and has nowhere to go is made known", async () => {
  const { lambda, lost } = start({ source: FAILING, asynchronous: { maximum_retry_attempts: 1 } });
  lambda.invokeAsync(OPERATOR, "worker", {});
  await lambda.idle();
  expect(lost).toEqual(["worker: event of request request-1: attempt 2; it has no on-failure destination"]);
});

test("a queue that refuses the record is made known", async () => {
  const { lambda, lost } = start({
    source: FAILING,
    asynchronous: { ...TO_PARKED, maximum_retry_attempts: 0 },
    options: { send: () => Promise.reject(new Error("The specified queue does not exist.")) },
  });
  lambda.invokeAsync(OPERATOR, "worker", {});
  await lambda.idle();
  expect(lost).toEqual([
    `worker: event of request request-1: ${PARKED} did not take its record: The specified queue does not exist.`,
  ]);
});

test("stopping ends what runs and what waits, without dead letters", async () => {
  const hanging = start({ source: "export const handler = () => new Promise(() => {});", asynchronous: TO_PARKED });
  hanging.lambda.invokeAsync(OPERATOR, "worker", {});
  const waiting = start({ source: FAILING, asynchronous: TO_PARKED, options: { retryDelayMs: () => 3_600_000 } });
  waiting.lambda.invokeAsync(OPERATOR, "worker", {});
  await waiting.lambda.invoke(OPERATOR, "worker", {});
  for (const { lambda, sent, lost } of [hanging, waiting]) {
    await lambda.stop();
    await lambda.idle();
    expect([sent, lost]).toEqual([[], []]);
  }
});

test("what a killed process had accepted runs at the next start, once", async () => {
  const directory = newDirectory();
  const killed = lambdaWith(directory, { source: "export const handler = () => new Promise(() => {});" });
  killed.lambda.invokeAsync(OPERATOR, "worker", { title: "a" });
  const source = "export const handler = async (event) => ({ title: event.title });";
  const asynchronous = { destination_config: { on_success: { destination: PARKED } } };
  const next = lambdaWith(directory, { source, asynchronous });
  next.lambda.start();
  await next.lambda.idle();
  const [{ body } = { body: undefined }] = next.sent;
  expect(body).toMatchObject({ requestContext: { requestId: "request-1" }, responsePayload: { title: "a" } });
  const last = lambdaWith(directory, { source, asynchronous });
  last.lambda.start();
  await last.lambda.idle();
  expect(last.sent).toEqual([]);
});

test("an accepted event of a function that is gone is made known", async () => {
  const directory = newDirectory();
  lambdaWith(directory, { source: "export const handler = () => new Promise(() => {});" }).lambda.invokeAsync(
    OPERATOR,
    "worker",
    {},
  );
  const next = lambdaWith(directory, { values: { function_name: "other" } });
  next.lambda.start();
  expect(next.lost).toEqual(["worker: event of request request-1: the function is no longer in the stack"]);
});
