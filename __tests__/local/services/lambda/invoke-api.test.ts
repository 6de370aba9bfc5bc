import { AwsError } from "../../../../local/kernel/aws-service";
import { awsRequest } from "../test-kit";
import { ARN, start } from "./test-lambda";

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
