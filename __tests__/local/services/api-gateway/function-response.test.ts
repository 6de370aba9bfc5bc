import { functionResponse } from "../../../../local/services/api-gateway/function-response";

const of = (result: unknown) => functionResponse(JSON.stringify(result));

test("an answer with a status is taken as it is", () => {
  expect(
    of({
      statusCode: 201,
      headers: { "Content-Type": "application/json", "X-Count": 3 },
      cookies: ["a=1; Path=/", "b=2"],
      body: '{"a":1}',
    }),
  ).toEqual({
    status: 201,
    headers: { "content-type": "application/json", "x-count": "3", "set-cookie": ["a=1; Path=/", "b=2"] },
    body: '{"a":1}',
  });
});

test("a body in base64 is decoded", () => {
  expect(of({ statusCode: 200, body: "AP8=", isBase64Encoded: true })?.body).toEqual(Buffer.from([0, 255]));
});

test("an answer without a content type is plain text", () => {
  expect(of({ statusCode: "204" })).toEqual({
    status: 204,
    headers: { "content-type": "text/plain;charset=UTF-8" },
    body: "",
  });
});

test.each([
  ["an object", { titles: [] }, '{"titles":[]}'],
  ["text", "Hello from Lambda!", "Hello from Lambda!"],
  ["nothing", null, "null"],
])("%s without a status is the body of a 200", (_, result, body) => {
  expect(of(result)).toEqual({ status: 200, headers: { "content-type": "application/json" }, body });
});

test.each([
  ["a status that is none", { statusCode: "fine" }],
  ["a status out of range", { statusCode: 99 }],
  ["a body that is no text", { statusCode: 200, body: {} }],
  ["headers that are no object", { statusCode: 200, headers: [] }],
  ["cookies that are no list", { statusCode: 200, cookies: "a=1" }],
])("%s makes no answer", (_, result) => {
  expect(of(result)).toBeUndefined();
});
