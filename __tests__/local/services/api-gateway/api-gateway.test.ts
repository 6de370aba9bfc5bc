import { AwsError } from "../../../../local/kernel/aws-service";
import { unexpected } from "../test-kit";
import { gateway, HOST, LARGEST_HEADER, refused, request } from "./test-api";

test("only the API's own host is answered", async () => {
  const { api } = gateway();
  expect([api.matches(HOST), api.matches("other.execute-api.eu-west-1.amazonaws.com")]).toEqual([true, false]);
  await expect(api.handle(request({ host: "other" }))).rejects.toThrow(
    new AwsError("NotFoundException", "No API answers at other.", 404),
  );
});

test("the function's answer becomes the response, with the request's id", async () => {
  const { api } = gateway();
  expect(await api.handle(request())).toEqual({
    status: 200,
    headers: { "content-type": "application/json", "apigw-requestid": "request-1" },
    body: "{}",
  });
});

test("headers and body may be as large as API Gateway allows", async () => {
  const { api, events } = gateway();
  const body = Buffer.alloc(10 * 1024 * 1024, "a");
  await api.handle(request({ headers: { "x-long": "x".repeat(LARGEST_HEADER) }, body }));
  expect(String(events[0]?.event.body)).toHaveLength(body.length);
});

describe("without invoking the function", () => {
  const closed = () => gateway({ invoke: unexpected("invocation") });

  test("a route with an authorizer answers 401 and a challenge to whoever brings no good token", async () => {
    const { api } = closed();
    const response = await api.handle(
      request({ method: "POST", path: "/play/a", headers: { authorization: "Bearer nonsense" } }),
    );
    const challenge =
      'Bearer scope="" error="invalid_token" error_description="token contains an invalid number of segments"';
    const { headers, ...rest } = refused(401, "Unauthorized");
    expect(response).toEqual({ ...rest, headers: { ...headers, "www-authenticate": challenge } });
  });

  test.each([
    ["an unknown path", { path: "/other" }, 404, "Not Found"],
    ["another method", { method: "GET", path: "/play/a" }, 404, "Not Found"],
    ["a slash inside a parameter", { method: "POST", path: "/play/a%2Fb" }, 404, "Not Found"],
    ["broken percent-encoding", { path: "/api/%E0%A4%A" }, 400, "Bad Request"],
    [
      "headers over 10,240 bytes",
      { headers: { "x-long": "x".repeat(LARGEST_HEADER + 1) } },
      431,
      "Request Header Fields Too Large",
    ],
    ["a body over 10 MB", { body: Buffer.alloc(10 * 1024 * 1024 + 1) }, 413, "Request Entity Too Large"],
  ])("%s is refused", async (_, parts, status, text) => {
    expect(await closed().api.handle(request(parts))).toEqual(refused(status, text));
  });
});

describe("a function that does not answer well", () => {
  test.each([
    [
      "fails",
      async () => ({
        requestId: "r",
        failed: true,
        payload: '{"errorType":"TypeError","errorMessage":"x is undefined"}',
      }),
      "TypeError: x is undefined",
    ],
    [
      "answers in a wrong shape",
      async () => ({ requestId: "r", failed: false, payload: '{"statusCode":"x"}' }),
      "the function's answer has no valid shape",
    ],
    [
      "may not be called",
      () => Promise.reject(new AwsError("AccessDeniedException", "apigateway.amazonaws.com may not invoke it", 403)),
      "apigateway.amazonaws.com may not invoke it",
    ],
  ])("because it %s gives 500, and the reason only to the operator", async (_, invoke, reason) => {
    const { api, failures } = gateway({ invoke });
    expect(await api.handle(request())).toEqual(refused(500, "Internal Server Error"));
    expect(failures).toEqual([`API abc123: GET /api/{proxy+}: ${reason}`]);
  });

  test("within the integration's time gives 503", async () => {
    const { api, failures, time } = gateway({ invoke: () => new Promise(() => undefined) });
    const response = api.handle(request());
    await time.advance(30_000);
    expect(await response).toEqual(refused(503, "Service Unavailable"));
    expect(failures).toEqual(["API abc123: GET /api/{proxy+}: no answer within 30000 ms"]);
  });
});
