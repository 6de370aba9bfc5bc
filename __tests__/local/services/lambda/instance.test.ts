import { readFileSync } from "node:fs";
import { join } from "node:path";
import { OPERATOR } from "../test-kit";
import { answerOf, root, start } from "./test-lambda";

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
    // Each counts its own calls; which of the four is free first is the machine's choice.
    expect([results.length, results.filter(({ payload }) => payload === "1").length]).toEqual([6, 4]);
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

  test("that run out of time do nothing more", async () => {
    const file = join(root, "ticks");
    const source = `import { appendFileSync } from "node:fs";
      export const handler = () => new Promise(() => setInterval(() => appendFileSync(${JSON.stringify(file)}, "."), 5));`;
    const { lambda } = start({ source, values: { timeout: 0.3 } });
    await lambda.invoke(OPERATOR, "worker", {});
    await new Promise((resolve) => setTimeout(resolve, 50));
    const ticks = readFileSync(file, "utf8").length;
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect([ticks > 0, readFileSync(file, "utf8").length]).toEqual([true, ticks]);
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
