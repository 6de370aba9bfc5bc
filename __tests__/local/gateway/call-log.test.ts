import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CallLog } from "../../../local/gateway/call-log";
import { OPERATOR, temporaryDirectory } from "./test-gateway";

const file = (): string => join(temporaryDirectory(), "logs", "calls.jsonl");
const clock = (): number => Date.UTC(2026, 0, 2, 3, 4, 5, 678);

it("records every call, in memory and as JSON lines", () => {
  const path = file();
  const log = new CallLog({ file: path, clock });
  log.authorize(OPERATOR, "s3:GetObject", "arn:aws:s3:::b/k");
  const service = { kind: "service", arn: "cloudfront.amazonaws.com", sourceArn: "arn:d" } as const;
  log.authorize(service, "s3:GetObject", "arn:aws:s3:::b/p");
  expect(log.records()).toEqual([
    {
      at: "2026-01-02T03:04:05.678Z",
      caller: OPERATOR.arn,
      action: "s3:GetObject",
      resource: "arn:aws:s3:::b/k",
      allowed: true,
    },
    {
      at: "2026-01-02T03:04:05.678Z",
      caller: "cloudfront.amazonaws.com",
      sourceArn: "arn:d",
      action: "s3:GetObject",
      resource: "arn:aws:s3:::b/p",
      allowed: true,
    },
  ]);
  const lines = readFileSync(path, "utf8").trim().split("\n");
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(log.records());
});

it("refuses what is decided against, in AWS's words, and records the refusal", () => {
  const seen: unknown[] = [];
  const decide = (...asked: unknown[]) => {
    seen.push(asked);
    return { allowed: false };
  };
  const log = new CallLog({ file: file(), clock, decide });
  const call = () => log.authorize(OPERATOR, "s3:PutObject", "arn:aws:s3:::b/k", { "s3:prefix": "p" });
  expect(call).toThrow(
    expect.objectContaining({
      code: "AccessDenied",
      status: 403,
      message:
        'User: arn:aws:iam::000000000000:user/operator is not authorized to perform: s3:PutObject on resource: "arn:aws:s3:::b/k" because no identity-based policy allows the s3:PutObject action',
    }),
  );
  expect(seen).toEqual([[OPERATOR, "s3:PutObject", "arn:aws:s3:::b/k", { "s3:prefix": "p" }]]);
  expect(log.records()).toMatchObject([{ action: "s3:PutObject", allowed: false }]);
});

it("records the keys of the request and of the service, so that the call can be judged again", () => {
  const log = new CallLog({ file: file(), clock });
  const principal = { ...OPERATOR, request: { "aws:SourceIp": "127.0.0.1" } };
  log.authorize(principal, "s3:ListBucket", "arn:aws:s3:::b", { "s3:prefix": "p" });
  expect(log.records()[0]?.context).toEqual({ "aws:SourceIp": "127.0.0.1", "s3:prefix": "p" });
});

it("tells whether a call would be allowed, and records nothing of it", () => {
  const log = new CallLog({ file: file(), clock, decide: (_, action) => ({ allowed: action === "s3:ListBucket" }) });
  expect([log.permits(OPERATOR, "s3:ListBucket", "r"), log.permits(OPERATOR, "s3:GetObject", "r")]).toEqual([
    true,
    false,
  ]);
  expect(log.records()).toEqual([]);
});

it("gives the reason of a refusal", () => {
  const reason = "with an explicit deny in a resource-based policy";
  const log = new CallLog({ file: file(), clock, decide: () => ({ allowed: false, reason }) });
  expect(() => log.authorize(OPERATOR, "s3:X", "r")).toThrow(
    /on resource: "r" with an explicit deny in a resource-based policy$/,
  );
  expect(log.records()).toMatchObject([{ reason }]);
});

it("keeps the latest in memory and no more than twice its capacity", () => {
  const path = file();
  const log = new CallLog({ file: path, clock, capacity: 3 });
  for (let index = 0; index < 20; index += 1) log.authorize(OPERATOR, `a:${index}`, "r");
  expect(log.records().length).toBeLessThan(6);
  expect(log.records().at(-1)?.action).toBe("a:19");
  expect(readFileSync(path, "utf8").trim().split("\n")).toHaveLength(20);
});
