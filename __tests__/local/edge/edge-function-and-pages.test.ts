import { always, useEdge } from "./edge-harness";
import { ask } from "./fixture";

const t = useEdge();

describe("functions and pages", () => {
  test("a viewer-request function rewrites the path of its behaviour", async () => {
    t.origin.handler = ({ url }, response) => response.writeHead(200).end(url);
    expect((await ask(t.edge.port, "/app/")).text).toBe("/app/index.html");
    expect((await ask(t.edge.port, "/")).text).toBe("/app/index.html");
  });

  test("a viewer-request function may answer itself", async () => {
    const response = await ask(t.edge.port, "/app/old");
    expect([response.status, response.headers.location, response.headers["x-cache"]]).toEqual([
      302,
      "/app/",
      "FunctionGeneratedResponse from cloudfront",
    ]);
  });

  test("a viewer-response function changes what succeeds, and does not run for errors", async () => {
    const association = [{ event_type: "viewer-response", function_arn: "arn:function:mark" }];
    const code = `function handler(event) {
      event.response.headers["x-mark"] = { value: event.request.uri };
      return event.response;
    }`;
    const behaviors = [{ ...(t.original().ordered_cache_behavior as object[])[1], function_association: association }];
    const mark = { "aws_cloudfront_function.mark": { name: "mark", arn: "arn:function:mark", code } };
    t.reconfigure({ ordered_cache_behavior: behaviors }, mark);
    t.origin.handler = ({ url }, response) => response.writeHead(url === "/posters/a.jpg" ? 200 : 404).end("poster");
    const good = await ask(t.edge.port, "/posters/a.jpg");
    const bad = await ask(t.edge.port, "/posters/b.jpg");
    expect([good.headers["x-mark"], good.text]).toEqual(["/posters/a.jpg", "poster"]);
    expect([bad.headers["x-mark"], bad.status]).toEqual([undefined, 404]);
  });

  test("a function that fails gives 503", async () => {
    const response = await ask(t.edge.port, "/app/broken");
    expect(response.status).toBe(503);
    expect(response.text).toContain("is invalid or could not run.");
  });

  test("an error page takes the place of an error, a refusal's too", async () => {
    const page = { error_code: 403, response_code: 200, response_page_path: "/posters/sorry.html" };
    t.reconfigure({ custom_error_response: [page] });
    t.origin.handler = always(200, { "content-type": "text/html" }, "sorry");
    const response = await ask(t.edge.port, "/v1/title/a.ts");
    expect([response.status, response.text]).toEqual([200, "sorry"]);
    expect(t.edge.statistics().denied).toBe(1);
  });
});
