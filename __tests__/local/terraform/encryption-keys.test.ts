import { encryptionKeys } from "../../../local/terraform/encryption-keys";
import { deploymentOf } from "../services/test-kit";

test("a key is found by its ARN, its id, its alias and the alias's ARN, and no other is", () => {
  const { arnOf } = encryptionKeys(
    deploymentOf({
      "aws_kms_key.data": { arn: "arn:key", key_id: "1-2", id: "1-2" },
      "aws_kms_alias.data": { arn: "arn:alias", name: "alias/data", target_key_id: "1-2" },
      "aws_kms_alias.stray": { arn: "arn:stray", name: "alias/stray", target_key_id: "3" },
    }),
  );
  expect(["arn:key", "1-2", "alias/data", "arn:alias"].map(arnOf)).toEqual(Array(4).fill("arn:key"));
  expect(["alias/stray", "alias/aws/s3", ""].map(arnOf)).toEqual([undefined, undefined, undefined]);
});
