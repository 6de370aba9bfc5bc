import { granted, refused, unexercised, unneeded, unproved, type Judged } from "../../../local/iam/figures";
import { surroundingsOf } from "../../../local/iam/judge";
import { readPolicies } from "../../../local/iam/policies";
import type { Call } from "../../../local/iam/request-context";
import type { Principal } from "../../../local/kernel/aws-service";
import { OPERATOR } from "../services/test-kit";
import { allow, BUCKET, FUNCTION, KEY, MINT, policy, RULE, smallStack } from "./small-stack";

function judgedOf(changes = {}): Judged {
  const stack = smallStack(changes);
  return { policies: readPolicies(stack), surroundings: surroundingsOf(stack, () => 0) };
}

const call = (principal: Principal, action: string, resource: string, context = {}): Call => ({
  principal,
  action,
  resource,
  context,
});
const mint: Principal = { kind: "role", arn: MINT };
const service = (arn: string, sourceArn?: string): Principal => ({ kind: "service", arn, sourceArn });

/** A call for each statement of the small stack. */
const EVERY = [
  call(mint, "s3:GetObject", `${BUCKET}/v1/film.mpd`),
  call(mint, "kms:Decrypt", KEY, { "kms:ViaService": "s3.eu-west-1.amazonaws.com" }),
  call(service("cloudfront.amazonaws.com", "arn:edge"), "s3:GetObject", `${BUCKET}/posters/film.jpg`),
  call(service("lambda.amazonaws.com"), "sts:AssumeRole", MINT),
  call(service("events.amazonaws.com", RULE), "lambda:InvokeFunction", FUNCTION),
];
const shown = (grants: ReturnType<typeof granted>) =>
  grants.map(({ statement, action, resource }) => `${statement} ${action} ${resource}`);

test("what is granted is counted by action and resource, without what only delegates to IAM", () => {
  expect(shown(granted(judgedOf()))).toEqual([
    `aws_iam_role_policy.mint#1 s3:GetObject ${BUCKET}/v1/*`,
    `aws_iam_role_policy.mint#2 kms:Decrypt ${KEY}`,
    `aws_s3_bucket_policy.films#2 s3:GetObject ${BUCKET}/posters/*`,
    "aws_iam_role.mint#1 sts:AssumeRole *",
    `aws_lambda_permission.uploaded#1 lambda:InvokeFunction ${FUNCTION}`,
  ]);
});

test("calls that exercise everything leave nothing over, and each missing one leaves its grant", () => {
  expect(unexercised(EVERY, judgedOf())).toEqual([]);
  for (const [index, grant] of granted(judgedOf()).entries()) {
    expect(unexercised(EVERY.toSpliced(index, 1), judgedOf())).toEqual([grant]);
  }
});

test("an action or a resource too many in a statement is told, though the statement is used", () => {
  const wide = policy(
    {
      Effect: "Allow",
      Action: ["s3:GetObject", "s3:PutObject"],
      Resource: [`${BUCKET}/v1/*`, `${BUCKET}/v2/*`],
    },
    allow("kms:Decrypt", KEY),
  );
  const judged = judgedOf({ "aws_iam_role_policy.mint": { role: "mint", policy: wide } });
  expect(shown(unexercised(EVERY, judged))).toEqual([
    `aws_iam_role_policy.mint#1 s3:GetObject ${BUCKET}/v2/*`,
    `aws_iam_role_policy.mint#1 s3:PutObject ${BUCKET}/v1/*`,
    `aws_iam_role_policy.mint#1 s3:PutObject ${BUCKET}/v2/*`,
  ]);
});

test("a call that a policy does not cover is refused", () => {
  const forgotten = judgedOf({ "aws_iam_role_policy.mint": undefined });
  expect(refused(EVERY, judgedOf())).toEqual([]);
  expect(refused(EVERY, forgotten)).toEqual(EVERY.slice(0, 2));
});

test("every statement is needed by a call, the key's delegation too; one that is said twice is not", () => {
  expect(unneeded(EVERY, judgedOf())).toEqual([]);
  const twice = policy(
    allow("s3:GetObject", `${BUCKET}/v1/*`),
    allow("s3:Get*", `${BUCKET}/*`),
    allow("kms:Decrypt", KEY),
  );
  const judged = judgedOf({ "aws_iam_role_policy.mint": { role: "mint", policy: twice } });
  expect(unneeded(EVERY, judged)).toEqual(["aws_iam_role_policy.mint#1", "aws_iam_role_policy.mint#2"]);
  expect(unneeded([], judgedOf())).toHaveLength(6);
});

test("a Deny is proved by a call that nothing else refuses", () => {
  const plaintext = { "aws:SecureTransport": "false" };
  const attack = call(OPERATOR, "s3:GetObject", `${BUCKET}/x`, plaintext);
  expect(unproved(EVERY, judgedOf())).toEqual(["aws_s3_bucket_policy.films#1"]);
  expect(unproved([call(mint, "s3:PutObject", `${BUCKET}/x`, plaintext)], judgedOf())).toEqual(["aws_s3_bucket_policy.films#1"]); // prettier-ignore
  expect(unproved([attack], judgedOf())).toEqual([]);
});
