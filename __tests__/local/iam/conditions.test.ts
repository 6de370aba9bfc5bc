import { compileConditions } from "../../../local/iam/conditions";

type Context = Readonly<Record<string, string | readonly string[]>>;

/** Whether one condition holds in a context. */
function holds(operator: string, key: string, wanted: string | readonly string[], context: Context): boolean {
  const condition = compileConditions({ [operator]: { [key]: [wanted].flat() } }, "policy#1");
  const keys = new Map(Object.entries(context).map(([name, value]) => [name.toLowerCase(), [value].flat()]));
  return condition!((name) => keys.get(name.toLowerCase()));
}

/** `[operator, values of the policy, value of the request, outcome]`; the last of a row is for a missing key. */
test.each([
  ["StringEquals", "a", "a", true],
  ["StringEquals", ["a", "b"], "b", true],
  ["StringEquals", "a", "A", false],
  ["StringEquals", "a*", "ab", false],
  ["StringEqualsIgnoreCase", "a", "A", true],
  ["StringNotEquals", ["a", "b"], "b", false],
  ["StringNotEquals", ["a", "b"], "c", true],
  ["StringNotEqualsIgnoreCase", "a", "A", false],
  ["StringLike", "up/*", "up/x", true],
  ["StringNotLike", "up/*", "up/x", false],
  ["ArnEquals", "arn:aws:events:*:1:rule/a-*", "arn:aws:events:eu:1:rule/a-b", true],
  ["ArnLike", "arn:aws:events:*:1:rule/a", "arn:aws:events:eu:x:1:rule/a", false],
  ["ArnLike", "arn:*:rule/a", "arn:aws:events:eu:1:rule/a", false],
  ["ArnLike", "arn:aws:logs:eu:1:log-group:*", "arn:aws:logs:eu:1:log-group:/a:b", true],
  ["ArnNotLike", "arn:aws:iam::1:role/a", "arn:aws:iam::1:role/b", true],
  ["ArnNotEquals", "arn:aws:iam::1:role/a", "arn:aws:iam::1:role/a", false],
  ["Bool", "false", "False", true],
  ["Bool", "false", "true", false],
  ["BinaryEquals", "YQ==", "YQ==", true],
  ["NumericEquals", "1", "1.0", true],
  ["NumericNotEquals", "1", "2", true],
  ["NumericLessThan", "10", "9", true],
  ["NumericLessThanEquals", "10", "10", true],
  ["NumericGreaterThan", "10", "10", false],
  ["NumericGreaterThanEquals", "10", "10", true],
  ["NumericEquals", "0", "", false],
  ["DateLessThan", "2026-01-02T00:00:00Z", "2026-01-01T00:00:00Z", true],
  ["DateGreaterThan", "1767225600", "2026-01-01T00:00:01Z", true],
  ["DateEquals", "2026-01-01T00:00:00Z", "1767225600", true],
  ["DateNotEquals", "2026-01-01T00:00:00Z", "1767225600", false],
  ["DateLessThanEquals", "2026-01-01T00:00:00Z", "1767225600", true],
  ["DateGreaterThanEquals", "2026-01-01T00:00:00Z", "1767225599", false],
  ["IpAddress", "203.0.113.0/24", "203.0.113.9", true],
  ["IpAddress", "203.0.113.9", "203.0.113.10", false],
  ["IpAddress", "2001:db8::/32", "2001:db8::1", true],
  ["IpAddress", "2001:db8::/32", "203.0.113.9", false],
  ["NotIpAddress", "203.0.113.0/24", "198.51.100.1", true],
] as const)("%s %j of %j: %j", (operator, wanted, given, expected) => {
  expect(holds(operator, "aws:Key", wanted, { "aws:key": given })).toBe(expected);
});

test.each([
  ["StringEquals", false],
  ["StringNotEquals", true],
  ["StringEqualsIfExists", true],
  ["StringNotEqualsIfExists", true],
  ["ForAllValues:StringEquals", true],
  ["ForAnyValue:StringEquals", false],
  ["ForAnyValue:StringNotEquals", false],
])("%s of a key that the request does not have: %j", (operator, expected) => {
  expect(holds(operator, "aws:Key", "a", {})).toBe(expected);
});

test.each([
  ["ForAllValues:StringEquals", ["a", "b"], ["a", "b"], true],
  ["ForAllValues:StringEquals", ["a", "b"], ["a", "c"], false],
  ["ForAnyValue:StringEquals", ["a", "b"], ["c", "b"], true],
  ["ForAnyValue:StringEquals", ["a", "b"], ["c"], false],
  ["ForAllValues:StringNotEquals", ["a"], ["b", "a"], false],
  ["ForAnyValue:StringNotEquals", ["a"], ["b", "a"], true],
  ["ForAllValues:StringLikeIfExists", ["a*"], ["ab", "ac"], true],
])("%s %j of %j: %j", (operator, wanted, given, expected) => {
  expect(holds(operator, "aws:TagKeys", wanted, { "aws:TagKeys": given })).toBe(expected);
});

test("Null asks whether a key is missing", () => {
  expect([holds("Null", "k", "true", {}), holds("Null", "k", "true", { k: "v" })]).toEqual([true, false]);
  expect([holds("Null", "k", "false", {}), holds("Null", "k", "FALSE", { k: "v" })]).toEqual([false, true]);
});

test("every operator and every key of a statement must hold, and variables are filled", () => {
  const condition = compileConditions(
    { StringEquals: { a: ["1"], b: ["${aws:PrincipalAccount}"] }, Bool: { c: ["true"] } },
    "policy#1",
  )!;
  const context: Record<string, string> = { a: "1", b: "42", c: "true", "aws:PrincipalAccount": "42" };
  const read = (without?: string) => (key: string) => (key === without || !context[key] ? undefined : [context[key]]);
  expect(condition(read())).toBe(true);
  for (const missing of ["a", "b", "c", "aws:PrincipalAccount"]) expect(condition(read(missing))).toBe(false);
  expect(compileConditions({}, "policy#1")).toBeUndefined();
});

test("an operator or a range that is none is refused by name", () => {
  expect(() => holds("StringIs", "k", "v", {})).toThrow("policy#1: StringIs: StringIs is no condition operator");
  expect(() => holds("NumericAbove", "k", "1", {})).toThrow("policy#1: NumericAbove: NumericAbove is no condition operator"); // prettier-ignore
  expect(() => holds("IpAddress", "k", "home", {})).toThrow("policy#1: IpAddress: home is no IP address or CIDR range");
});
