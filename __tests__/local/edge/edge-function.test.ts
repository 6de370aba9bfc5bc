import { compileEdgeFunction } from "../../../local/edge/edge-function";
import { functionEvent, functionRequest, functionResponse } from "../../../local/edge/edge-function-event";
import { applyResponse, viewerRequestOutcome } from "../../../local/edge/edge-function-result";
import type { EdgeResponse } from "../../../local/edge/types";
import { viewerRequest } from "./fixture";

const run = (code: string, event: object = {}) => compileEdgeFunction("f", code).run(event);

describe("a function's realm", () => {
  test("runs plain and async handlers, with a console", () => {
    expect(run("function handler(event) { console.log(event); return { got: event.a }; }", { a: 1 })).toEqual({
      got: 1,
    });
    expect(run("async function handler(event) { await null; return { got: event.a }; }", { a: 2 })).toEqual({ got: 2 });
  });

  test("has no way out to the process", () => {
    const names = ["process", "require", "setTimeout", "fetch", "Buffer"];
    const code = `function handler() { return [${names.map((name) => `typeof ${name}`).join(",")}]; }`;
    expect(run(code)).toEqual(names.map(() => "undefined"));
    expect(() => run(`function handler() { return eval("1"); }`)).toThrow(
      "function f failed: Code generation from strings disallowed for this context",
    );
  });

  test("is stopped when it takes too long", () => {
    const endless = compileEdgeFunction("f", "function handler() { for (;;); }", 50);
    expect(() => endless.run({})).toThrow(/timed out/);
  });

  test("is not stopped for what a busy machine takes to come back to it", () => {
    const slow =
      "function handler() { const from = Date.now(); while (Date.now() - from < 300); return { done: true }; }";
    expect(run(slow)).toEqual({ done: true });
  });

  test("reports what is thrown, what is missing, and what does not compile", () => {
    expect(() => run(`function handler() { throw new Error("no"); }`)).toThrow("function f failed: no");
    expect(() => run("function handler() {}")).toThrow("function f returned neither a request nor a response");
    expect(() => compileEdgeFunction("f", "function {")).toThrow(/^aws_cloudfront_function f: /);
  });
});

describe("a function's event", () => {
  const request = viewerRequest({
    path: "/a%20b",
    query: "x=1&y&x=2",
    headers: { host: "h", cookie: "a=1; b=2; a=3" },
  });

  test("shows the request as documented", () => {
    const event = functionEvent("viewer-request", { domainName: "d", id: "E1" }, request);
    expect(JSON.parse(JSON.stringify(event))).toEqual({
      version: "1.0",
      context: {
        distributionDomainName: "d",
        distributionId: "E1",
        eventType: "viewer-request",
        requestId: "request-1",
      },
      viewer: { ip: "127.0.0.1" },
      request: {
        method: "GET",
        uri: "/a%20b",
        querystring: { x: { value: "1", multiValue: [{ value: "1" }, { value: "2" }] }, y: { value: "" } },
        headers: { host: { value: "h" } },
        cookies: { a: { value: "1", multiValue: [{ value: "1" }, { value: "3" }] }, b: { value: "2" } },
      },
    });
  });

  test("comes back unchanged as the same request, byte for byte", () => {
    const same = JSON.parse(JSON.stringify(functionRequest(request))) as object;
    expect(viewerRequestOutcome(same, request)).toEqual({ request });
  });

  test("comes back changed as another request, its method kept", () => {
    const changed = {
      method: "POST",
      uri: "/b",
      querystring: { q: { value: "" }, r: { value: "1" } },
      headers: { "X-New": { value: "n" } },
      cookies: { c: { value: "1" } },
    };
    expect(viewerRequestOutcome(changed, request)).toEqual({
      request: { ...request, path: "/b", query: "q&r=1", headers: { "x-new": "n", cookie: "c=1" } },
    });
  });

  test("comes back as a response with body and cookies", () => {
    const response = {
      statusCode: 401,
      headers: { "X-A": { value: "1" } },
      cookies: { s: { value: "1", attributes: "Path=/; Secure" } },
      body: { encoding: "base64", data: "aGk=" },
    };
    expect(viewerRequestOutcome(response, request)).toEqual({
      response: {
        status: 401,
        headers: { server: "CloudFront", "x-a": "1", "set-cookie": ["s=1; Path=/; Secure"] },
        body: Buffer.from("hi"),
        result: "FunctionGeneratedResponse",
      },
    });
  });

  test("comes back as something else and is refused", () => {
    const message = "a viewer-request function must return a request whose uri starts with /, or a response";
    expect(() => viewerRequestOutcome({ uri: "relative" }, request)).toThrow(message);
    expect(() => viewerRequestOutcome(null, request)).toThrow(message);
  });
});

describe("a viewer-response function", () => {
  const response: EdgeResponse = {
    status: 200,
    headers: { etag: "x", "set-cookie": ["s=1; Path=/"] },
    body: Buffer.from("body"),
    result: "Hit",
  };

  test("changes status and headers, and the body only when it gives one", () => {
    const shown = functionResponse(200, response.headers);
    expect(shown).toEqual({
      statusCode: 200,
      headers: { etag: { value: "x" } },
      cookies: { s: { value: "1", attributes: "Path=/" } },
    });
    expect(applyResponse({ ...shown, statusCode: 201 }, response)).toEqual({ ...response, status: 201 });
    expect(applyResponse({ statusCode: 200, body: "new" }, response)).toMatchObject({
      headers: {},
      body: Buffer.from("new"),
    });
    expect(() => applyResponse({}, response)).toThrow("a viewer-response function must return a response");
  });
});
