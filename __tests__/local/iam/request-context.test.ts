import { surroundingsOf } from "../../../local/iam/judge";
import { readContext } from "../../../local/iam/request-context";
import { ANONYMOUS, type ConditionContext, type Principal } from "../../../local/kernel/aws-service";
import { ACCOUNT, OPERATOR } from "../services/test-kit";
import { KEY, MINT, RULE, smallStack } from "./small-stack";

const NOW = Date.UTC(2026, 0, 2, 3, 4, 5);

/** The values of keys, in the order asked for. */
function read(principal: Principal, keys: readonly string[], context: ConditionContext = {}, resource = KEY) {
  const call = { principal, action: "kms:Decrypt", resource, context };
  const reader = readContext(
    call,
    surroundingsOf(smallStack(), () => NOW),
  );
  return keys.map((key) => reader(key)?.join());
}

const WHO = ["aws:PrincipalArn", "aws:PrincipalAccount", "aws:PrincipalType", "aws:username", "aws:PrincipalIsAWSService", "aws:PrincipalServiceName"]; // prettier-ignore

test.each([
  [{ kind: "role", arn: MINT }, [MINT, ACCOUNT, "AssumedRole", undefined, "false", undefined]],
  [OPERATOR, [OPERATOR.arn, ACCOUNT, "User", "operator", "false", undefined]],
  [{ kind: "service", arn: "s3.amazonaws.com" }, [undefined, undefined, undefined, undefined, "true", "s3.amazonaws.com"]], // prettier-ignore
  [ANONYMOUS, [undefined, undefined, "Anonymous", undefined, "false", undefined]],
] as [Principal, unknown[]][])("%j says who it is", (principal, expected) => {
  expect(read(principal, WHO)).toEqual(expected);
});

test("a service says for what it acts, and for which account, where it says so at all", () => {
  const events: Principal = { kind: "service", arn: "events.amazonaws.com", sourceArn: RULE };
  const keys = ["aws:SourceArn", "aws:SourceAccount"];
  expect(read(events, keys)).toEqual([RULE, ACCOUNT]);
  expect(read({ ...events, sourceArn: "arn:aws:s3:::films" }, keys)).toEqual(["arn:aws:s3:::films", ACCOUNT]);
  expect(read({ kind: "service", arn: "events.amazonaws.com" }, keys)).toEqual([undefined, undefined]);
  expect(read(OPERATOR, keys)).toEqual([undefined, undefined]);
});

test("time, Region, transport and tags are there; keys know no case", () => {
  const keys = ["AWS:CurrentTime", "aws:epochtime", "aws:RequestedRegion", "aws:ResourceAccount", "aws:securetransport", "aws:ViaAWSService"]; // prettier-ignore
  expect(read(OPERATOR, keys)).toEqual([
    "2026-01-02T03:04:05.000Z",
    "1767323045",
    "eu-west-1",
    ACCOUNT,
    "true",
    "false",
  ]);
  expect(read(OPERATOR, ["aws:ResourceTag/env", "aws:ResourceTag/purpose", "aws:ResourceTag/other"])).toEqual(["test", "films", undefined]); // prettier-ignore
});

test("what the service supplies and what came with the request go before what is known by itself", () => {
  const principal = { ...OPERATOR, request: { "aws:SecureTransport": "false", "aws:SourceIp": "127.0.0.9" } };
  const context = { "aws:TagKeys": ["a", "b"], "aws:ViaAWSService": "true" };
  expect(read(principal, ["aws:SecureTransport", "aws:SourceIp", "aws:TagKeys", "aws:ViaAWSService"], context)).toEqual(["false", "127.0.0.9", "a,b", "true"]); // prettier-ignore
  expect(read(OPERATOR, ["s3:prefix", "toString"])).toEqual([undefined, undefined]);
});
