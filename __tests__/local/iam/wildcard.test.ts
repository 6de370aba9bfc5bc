import { compilePattern, patternParts } from "../../../local/iam/wildcard";

const none = () => undefined;

test.each([
  ["uploads/*", "uploads/", true],
  ["uploads/*", "uploads/a/b\nc", true],
  ["uploads/*", "upload/a", false],
  ["v?/*.mpd", "v1/x.mpd", true],
  ["v?/*.mpd", "v12/x.mpd", false],
  ["a.b", "axb", false],
  ["*", "", true],
  ["film", "Film", false],
  ["${*}.${?}", "*.?", true],
  ["${*}", "anything", false],
  ["price ${$}", "price $", true],
])("the pattern %j and the text %j: %j", (pattern, text, expected) => {
  expect(compilePattern(pattern)(text, none)).toBe(expected);
});

test("case is ignored where asked, and wildcards stand for themselves where literal", () => {
  expect(compilePattern("s3:Get*", { ignoreCase: true })("S3:getobject", none)).toBe(true);
  expect(compilePattern("a*", { literal: true })("ab", none)).toBe(false);
  expect(compilePattern("a*", { literal: true })("a*", none)).toBe(true);
  expect(compilePattern("A?", { literal: true, ignoreCase: true })("a?", none)).toBe(true);
});

test("a variable is filled with its value, in which a wildcard is no wildcard; without a value nothing matches", () => {
  const home = compilePattern("home/${aws:username}/*");
  const as = (value: string | undefined) => (name: string) => (name === "aws:username" ? value : undefined);
  expect(home("home/ann/x", as("ann"))).toBe(true);
  expect(home("home/ann/x", as("*"))).toBe(false);
  expect(home("home/*/x", as("*"))).toBe(true);
  expect(home("home//x", as(undefined))).toBe(false);
  expect(compilePattern("${aws:username, 'nobody'}")("nobody", none)).toBe(true);
});

test("what is no variable is refused", () => {
  expect(() => patternParts("${not a key}")).toThrow(
    "${not a key} is not a policy variable: expected ${key} or ${key, 'default'}",
  );
});
