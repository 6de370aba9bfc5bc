import { compilePolicy, readPolicies, tagsByArn } from "../../../local/iam/policies";
import { ACCOUNT } from "../services/test-kit";
import { allow, KEY, MINT, policy, smallStack } from "./small-stack";

test("a managed policy counts for whoever it is attached to", () => {
  const stack = smallStack({
    "aws_iam_policy.more": { arn: "arn:more", policy: policy(allow("s3:ListBucket", "*")) },
    "aws_iam_role_policy_attachment.mint": { role: "mint", policy_arn: "arn:more" },
  });
  expect(
    readPolicies(stack)
      .roles.get(MINT)
      ?.identity.all.map(({ id }) => id),
  ).toEqual(["aws_iam_role_policy.mint#1", "aws_iam_role_policy.mint#2", "aws_iam_policy.more#1"]);
});

test("a boundary of another stack is taken from where it is given", () => {
  const role = { name: "mint", arn: MINT, permissions_boundary: "arn:boundary" };
  const stack = smallStack({ "aws_iam_role.mint": role });
  const managed = new Map([["arn:boundary", policy(allow("s3:*", "*"))]]);
  expect(
    readPolicies(stack, { managed })
      .roles.get(MINT)
      ?.boundary?.all.map(({ id }) => id),
  ).toEqual(["arn:boundary#1"]);
  expect(() => readPolicies(stack)).toThrow(
    "aws_iam_role.mint: the policy arn:boundary is in no stack that was read, so nothing can be judged by it",
  );
});

test("policies inside a role's resource are refused rather than overlooked", () => {
  const role = { name: "mint", arn: MINT, inline_policy: [], managed_policy_arns: [] };
  expect(() => readPolicies(smallStack({ "aws_iam_role.mint": role }))).toThrow(
    "aws_iam_role.mint: inline_policy, managed_policy_arns is not read; use resources of their own",
  );
});

test("queues, secrets and topics have the policies that their own resources set", () => {
  const everyone = policy(allow("sqs:SendMessage", "*", { Principal: "*" }));
  const stack = smallStack({
    "aws_sqs_queue.parked": { arn: "arn:queue", url: "https://queue", id: "https://queue" },
    "aws_sqs_queue_policy.parked": { queue_url: "https://queue", policy: everyone },
    "aws_secretsmanager_secret_policy.key": { secret_arn: "arn:secret", policy: everyone },
    "aws_sns_topic_policy.operators": { arn: "arn:topic", policy: everyone },
  });
  const { resources } = readPolicies(stack);
  for (const arn of ["arn:queue", "arn:secret", "arn:topic"]) expect(resources.get(arn)?.all).toHaveLength(1);
});

test("an account may be let invoke a function, and a permission may ask for the account", () => {
  const permission = { function_name: "mint", action: "lambda:InvokeFunction", principal: "222222222222", source_account: ACCOUNT }; // prettier-ignore
  const stack = smallStack({ "aws_lambda_permission.uploaded": permission });
  const [statement] = readPolicies(stack).resources.get(`arn:aws:lambda:eu-west-1:${ACCOUNT}:function:mint`)?.all ?? [];
  expect(statement?.source).toMatchObject({
    principal: { AWS: ["222222222222"] },
    conditions: { StringEquals: { "aws:SourceAccount": [ACCOUNT] } },
  });
});

test("statements are named by their policy's address and their place", () => {
  const set = compilePolicy(policy(allow("a:b", "*"), allow("a:c", "*")), "aws_iam_policy.x");
  expect(set.all.map(({ id }) => id)).toEqual(["aws_iam_policy.x#1", "aws_iam_policy.x#2"]);
  expect(set.concerning("a:c").map(({ id }) => id)).toEqual(["aws_iam_policy.x#2"]);
});

test("a resource has its own tags and those that the provider gives", () => {
  const tags = tagsByArn(smallStack());
  expect([tags(KEY), tags("arn:unknown")]).toEqual([{ env: "test", purpose: "films" }, {}]);
  const applied = tagsByArn(smallStack({ "aws_kms_key.films": { arn: KEY, tags_all: { env: "read back" } } }));
  expect(applied(KEY)).toEqual({ env: "read back" });
});
