import { createJudge } from "../../../local/iam/judge";
import { OPERATOR } from "../services/test-kit";
import { BUCKET, MINT, smallStack } from "./small-stack";

const judge = createJudge(smallStack(), () => 0);
const mint = { kind: "role", arn: MINT } as const;

test("a call is allowed, or refused with the reason in AWS's words", () => {
  expect(judge(mint, "s3:GetObject", `${BUCKET}/v1/x`, {})).toEqual({ allowed: true });
  expect(judge(mint, "s3:GetObject", `${BUCKET}/v2/x`, {})).toEqual({
    allowed: false,
    reason: "because no identity-based policy allows the s3:GetObject action",
  });
  expect(judge(OPERATOR, "s3:GetObject", BUCKET, { "aws:SecureTransport": "false" })).toEqual({
    allowed: false,
    reason: "with an explicit deny in a resource-based policy",
  });
});
