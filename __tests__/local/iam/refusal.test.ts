import { reasonOf, refusal } from "../../../local/iam/refusal";
import { CompiledStatement } from "../../../local/iam/statement";
import type { Principal } from "../../../local/kernel/aws-service";

const principal: Principal = { kind: "role", arn: "arn:aws:iam::111111111111:role/mint", session: "vod-mint" };
const reason = "because no identity-based policy allows it";
const said = (action: string, context = {}) => {
  const { code, status, message } = refusal({ principal, action, resource: "arn:r", context, reason });
  return [code, status, message];
};
const WHO = "User: arn:aws:sts::111111111111:assumed-role/mint/vod-mint is not authorized to perform:";

test("S3 refuses in its own words and quotes the resource", () => {
  expect(said("s3:GetObject")).toEqual(["AccessDenied", 403, `${WHO} s3:GetObject on resource: "arn:r" ${reason}`]);
});

test.each([
  ["dynamodb:GetItem", 400],
  ["secretsmanager:GetSecretValue", 400],
  ["sqs:SendMessage", 400],
  ["lambda:InvokeFunction", 403],
  ["mediaconvert:CreateJob", 403],
  ["mediapackage-vod:CreateAsset", 403],
  ["iam:PassRole", 403],
])("%s is refused with AccessDeniedException and %d", (action, status) => {
  expect(said(action)).toEqual(["AccessDeniedException", status, `${WHO} ${action} on resource: arn:r ${reason}`]);
});

test.each([
  ["s3.eu-west-1.amazonaws.com", "AccessDenied", 403],
  ["sqs.eu-west-1.amazonaws.com", "KMS.AccessDeniedException", 400],
  ["dynamodb.eu-west-1.amazonaws.com", "AccessDeniedException", 400],
])("a key that %s may not use is refused with %s", (via, code, status) => {
  expect(said("kms:Decrypt", { "kms:ViaService": via }).slice(0, 2)).toEqual([code, status]);
});

test("the reason says which kind of policy allows nothing, or denies", () => {
  const deniedBy = new CompiledStatement({ effect: "Deny", actions: ["*"], conditions: {} }, "policy#1");
  const refused = { allowed: false } as const;
  expect(reasonOf({ ...refused, policy: "permissions boundary" }, "s3:X")).toBe(
    "because no permissions boundary allows the s3:X action",
  );
  expect(reasonOf({ ...refused, policy: "resource-based policy", deniedBy }, "s3:X")).toBe(
    "with an explicit deny in a resource-based policy",
  );
  expect(reasonOf({ ...refused, policy: "identity-based policy", deniedBy }, "s3:X")).toBe(
    "with an explicit deny in an identity-based policy",
  );
});
