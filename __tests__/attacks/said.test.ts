import { said } from "./said";

test("the code of S3's and CloudFront's XML, of the API's JSON, and the sentence of CloudFront's page are the reason", () => {
  const page = '<HR noshade size="1px">\nThis is refused. More is said here.\n<BR clear="all">';
  expect(said({ status: 403, text: "<Error><Code>MissingKey</Code></Error>" })).toBe("403 MissingKey");
  expect(said({ status: 403, text: '{"error":"FORBIDDEN","message":"m"}' })).toBe("403 FORBIDDEN");
  expect(said({ status: 401, text: '{"message":"Unauthorized"}' })).toBe("401 Unauthorized");
  expect(said({ status: 403, text: page })).toBe("403 This is refused");
  expect(said({ status: 416, text: "" })).toBe("416");
});

test("a good answer has no reason, and a stack trace is named in any", () => {
  expect(said({ status: 200, text: '{"error":"none"}' })).toBe("200");
  const trace = "Error: no\n    at file:///var/task/index.mjs:10:20";
  expect(said({ status: 200, text: trace })).toBe("200 with a stack trace");
  expect(said({ status: 400, text: trace })).toBe("400 with a stack trace");
});
