import { callOf, distinctCalls, readRecords } from "../../../local/iam/recorded-calls";
import { RULE, MINT } from "./small-stack";

const record = (caller: string, more = {}) => ({
  at: "2026-01-02T03:04:05.678Z",
  caller,
  action: "s3:GetObject",
  resource: "arn:r",
  allowed: true,
  ...more,
});

test.each([
  [record(MINT), { kind: "role", arn: MINT }],
  [record("arn:aws:iam::000000000000:user/operator"), { kind: "user", arn: "arn:aws:iam::000000000000:user/operator" }],
  [record("anonymous"), { kind: "anonymous", arn: "anonymous" }],
  [
    record("events.amazonaws.com", { sourceArn: RULE }),
    { kind: "service", arn: "events.amazonaws.com", sourceArn: RULE },
  ],
  [record("logs.eu-west-1.amazonaws.com"), { kind: "service", arn: "logs.eu-west-1.amazonaws.com" }],
])("%j was made by %j", (made, principal) => {
  expect(callOf(made)).toEqual({ principal, action: "s3:GetObject", resource: "arn:r", context: {} });
});

test("the same call at another time is one call, with other keys another", () => {
  const lines = [
    record(MINT),
    record(MINT, { at: "2026-01-02T03:04:06.000Z" }),
    record(MINT, { context: { "s3:prefix": "a" } }),
  ];
  const records = readRecords(`${lines.map((line) => JSON.stringify(line)).join("\n")}\n`);
  expect(records).toEqual(lines);
  expect(distinctCalls(records).map(({ context }) => context)).toEqual([{}, { "s3:prefix": "a" }]);
});
