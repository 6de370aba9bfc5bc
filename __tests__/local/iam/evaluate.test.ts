import { evaluate } from "../../../local/iam/evaluate";
import { surroundingsOf } from "../../../local/iam/judge";
import { readPolicies } from "../../../local/iam/policies";
import { ANONYMOUS, type ConditionContext, type Principal } from "../../../local/kernel/aws-service";
import type { Deployment } from "../../../local/terraform/deployment";
import { ACCOUNT, OPERATOR } from "../services/test-kit";
import { allow, BUCKET, FUNCTION, KEY, MINT, policy, RULE, smallStack } from "./small-stack";

const mint: Principal = { kind: "role", arn: MINT };
const other: Principal = { kind: "role", arn: `arn:aws:iam::${ACCOUNT}:role/other` };
const foreign: Principal = { kind: "role", arn: "arn:aws:iam::999999999999:role/other" };
const service = (arn: string, sourceArn?: string): Principal => ({ kind: "service", arn, sourceArn });
const VIA_S3 = { "kms:ViaService": "s3.eu-west-1.amazonaws.com" };
const PLAINTEXT = { "aws:SecureTransport": "false" };
const FILM = `${BUCKET}/v1/film.mpd`;

/** `allowed by <statements>`, or what refuses. */
function outcome(
  principal: Principal,
  action: string,
  resource: string,
  context: ConditionContext = {},
  stack: Deployment = smallStack(),
): string {
  const surroundings = surroundingsOf(stack, () => 0);
  const judgement = evaluate({ principal, action, resource, context }, readPolicies(stack), surroundings);
  if (judgement.allowed) return `allowed by ${judgement.by.map(({ id }) => id).join(", ")}`;
  return judgement.deniedBy ? `denied by ${judgement.deniedBy.id}` : `no ${judgement.policy}`;
}

describe("within the account", () => {
  test("a role may do what its policy says, and nothing else", () => {
    expect(outcome(mint, "s3:GetObject", FILM)).toBe("allowed by aws_iam_role_policy.mint#1");
    expect(outcome(mint, "S3:getobject", FILM)).toBe("allowed by aws_iam_role_policy.mint#1");
    expect(outcome(mint, "s3:PutObject", FILM)).toBe("no identity-based policy");
    expect(outcome(mint, "s3:GetObject", `${BUCKET}/posters/film.jpg`)).toBe("no identity-based policy");
    expect(outcome(other, "s3:GetObject", FILM)).toBe("no identity-based policy");
  });

  test("an administrator may do everything but what is denied", () => {
    expect(outcome(OPERATOR, "s3:PutObject", FILM)).toBe("allowed by administrator#1");
    expect(outcome(OPERATOR, "s3:PutObject", FILM, PLAINTEXT)).toBe("denied by aws_s3_bucket_policy.films#1");
    expect(outcome({ ...OPERATOR, request: PLAINTEXT }, "s3:ListBucket", BUCKET)).toBe("denied by aws_s3_bucket_policy.films#1"); // prettier-ignore
  });

  test("a resource's policy that means the role itself is enough", () => {
    const bucket = policy(allow("s3:GetObject", `${BUCKET}/*`, { Principal: { AWS: other.arn } }));
    const stack = smallStack({ "aws_s3_bucket_policy.films": { bucket: "films", policy: bucket } });
    expect(outcome(other, "s3:GetObject", FILM, {}, stack)).toBe("allowed by aws_s3_bucket_policy.films#1");
    const root = { Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` } };
    const delegating = policy(allow("s3:GetObject", `${BUCKET}/*`, root));
    const delegated = smallStack({ "aws_s3_bucket_policy.films": { bucket: "films", policy: delegating } });
    expect(outcome(other, "s3:GetObject", FILM, {}, delegated)).toBe("no identity-based policy");
  });

  test("a service may do what a resource's policy lets it, for the resource that it names", () => {
    const poster = `${BUCKET}/posters/film.jpg`;
    expect(outcome(service("cloudfront.amazonaws.com", "arn:edge"), "s3:GetObject", poster)).toBe("allowed by aws_s3_bucket_policy.films#2"); // prettier-ignore
    expect(outcome(service("cloudfront.amazonaws.com", "arn:another"), "s3:GetObject", poster)).toBe("no resource-based policy"); // prettier-ignore
    expect(outcome(service("cloudfront.amazonaws.com"), "s3:GetObject", poster)).toBe("no resource-based policy");
    expect(outcome(service("events.amazonaws.com", RULE), "lambda:InvokeFunction", FUNCTION)).toBe("allowed by aws_lambda_permission.uploaded#1"); // prettier-ignore
    expect(outcome(service("events.amazonaws.com", `${RULE}-2`), "lambda:InvokeFunction", FUNCTION)).toBe("no resource-based policy"); // prettier-ignore
    expect(outcome(ANONYMOUS, "s3:GetObject", poster)).toBe("no resource-based policy");
  });

  test("a policy's deny wins over its allow, NotAction and NotResource turn a statement round", () => {
    const identity = policy(
      allow("s3:*", "*"),
      { Effect: "Deny", Action: "s3:*", NotResource: `${BUCKET}/*` },
      { Effect: "Deny", NotAction: ["s3:Get*"], Resource: "*" },
    );
    const stack = smallStack({ "aws_iam_role_policy.mint": { role: "mint", policy: identity } });
    expect(outcome(mint, "s3:GetObject", FILM, {}, stack)).toBe("allowed by aws_iam_role_policy.mint#1");
    expect(outcome(mint, "s3:PutObject", FILM, {}, stack)).toBe("denied by aws_iam_role_policy.mint#3");
    expect(outcome(mint, "s3:GetObject", "arn:aws:s3:::others/x", {}, stack)).toBe(
      "denied by aws_iam_role_policy.mint#2",
    );
  });
});

describe("a key", () => {
  test("is used by who is allowed it, where the key leaves that to IAM", () => {
    expect(outcome(mint, "kms:Decrypt", KEY, VIA_S3)).toBe(
      "allowed by aws_iam_role_policy.mint#2, aws_kms_key_policy.films#1",
    );
    expect(outcome(mint, "kms:Decrypt", KEY)).toBe("no identity-based policy");
    expect(outcome(mint, "kms:GenerateDataKey", KEY, VIA_S3)).toBe("no identity-based policy");
    expect(outcome(service("logs.eu-west-1.amazonaws.com"), "kms:Decrypt", KEY)).toBe("no resource-based policy");
  });

  test("is closed to everyone, the administrator among them, whom its own policy does not admit", () => {
    const only = policy(allow("kms:Decrypt", "*", { Principal: { AWS: other.arn } }));
    const stack = smallStack({ "aws_kms_key_policy.films": { key_id: "1", policy: only } });
    expect(outcome(mint, "kms:Decrypt", KEY, VIA_S3, stack)).toBe("no resource-based policy");
    expect(outcome(OPERATOR, "kms:Decrypt", KEY, {}, stack)).toBe("no resource-based policy");
    expect(outcome(other, "kms:Decrypt", KEY, {}, stack)).toBe("allowed by aws_kms_key_policy.films#1");
  });

  test("without a policy is the account's", () => {
    const stack = smallStack({ "aws_kms_key_policy.films": undefined });
    expect(outcome(OPERATOR, "kms:Encrypt", KEY, {}, stack)).toBe(
      "allowed by administrator#1, aws_kms_key.films#default",
    );
  });
});

describe("a role", () => {
  test("is taken by whom it trusts", () => {
    expect(outcome(service("lambda.amazonaws.com"), "sts:AssumeRole", MINT)).toBe("allowed by aws_iam_role.mint#1");
    expect(outcome(service("mediaconvert.amazonaws.com"), "sts:AssumeRole", MINT)).toBe("no resource-based policy");
    expect(outcome(OPERATOR, "sts:AssumeRole", MINT)).toBe("no resource-based policy");
  });

  test("is passed by whom IAM allows it; its trust has no say in that", () => {
    expect(outcome(OPERATOR, "iam:PassRole", MINT)).toBe("allowed by administrator#1");
    expect(outcome(mint, "iam:PassRole", MINT)).toBe("no identity-based policy");
  });

  test("stays within its boundary, which allows nothing by itself and denies for good", () => {
    const bounded = (...statements: object[]) =>
      smallStack({
        "aws_iam_policy.boundary": { arn: "arn:boundary", policy: policy(...statements) },
        "aws_iam_role.mint": { name: "mint", arn: MINT, permissions_boundary: "arn:boundary" },
      });
    expect(outcome(mint, "s3:GetObject", FILM, {}, bounded(allow("s3:*", "*")))).toBe("allowed by aws_iam_role_policy.mint#1"); // prettier-ignore
    expect(outcome(mint, "s3:GetObject", FILM, {}, bounded(allow("kms:*", "*")))).toBe("no permissions boundary");
    expect(outcome(mint, "s3:PutObject", FILM, {}, bounded(allow("s3:*", "*")))).toBe("no identity-based policy");
    const denial = { Effect: "Deny", Action: "s3:*", Resource: "*" };
    expect(outcome(mint, "s3:GetObject", FILM, {}, bounded(allow("s3:*", "*"), denial))).toBe("denied by aws_iam_policy.boundary#2"); // prettier-ignore
  });
});

test("another account's role needs the resource's word, whatever its own account allows it", () => {
  expect(outcome(foreign, "s3:GetObject", FILM)).toBe("no resource-based policy");
  expect(outcome(foreign, "kms:Decrypt", KEY)).toBe("no resource-based policy");
  const shared = policy(allow("s3:GetObject", `${BUCKET}/*`, { Principal: { AWS: "999999999999" } }));
  const stack = smallStack({ "aws_s3_bucket_policy.films": { bucket: "films", policy: shared } });
  expect(outcome(foreign, "s3:GetObject", FILM, {}, stack)).toBe("allowed by administrator#1, aws_s3_bucket_policy.films#1"); // prettier-ignore
});
