import type { Authorize, Principal } from "../../kernel/aws-service";
import type { Deployment } from "../../terraform/deployment";
import { block } from "../../terraform/deployment";
import { encryptionKeys } from "../../terraform/encryption-keys";
import { keyUse } from "../key-use";

/** What reads or writes items; the table's own description lies under no key of its owner. */
const ABOUT_ITEMS = /^(?:Batch|Transact)?(?:Get|Put|Update|Delete|Write)Items?$|^Query$|^Scan$|^ConditionCheckItem$/;

/**
 * Opens a table in a caller's name: DynamoDB decrypts the table's key before it touches an item, whether to read or to
 * write (https://docs.aws.amazon.com/kms/latest/developerguide/services-dynamodb.html).
 */
export function tableKeys(
  deployment: Deployment,
  authorize: Authorize,
): (principal: Principal, action: string, resource: string) => void {
  const { account, region } = deployment;
  const use = keyUse(authorize, account, region, "dynamodb");
  const { arnOf } = encryptionKeys(deployment);
  const keys = new Map(
    deployment.all("aws_dynamodb_table").map(({ values }) => {
      const key = block(values, "server_side_encryption")?.kms_key_arn;
      return [String(values.name), typeof key === "string" ? arnOf(key) : undefined];
    }),
  );
  return (principal, action, resource) => {
    const table = /:table\/([^/]+)/.exec(resource)?.[1] ?? "";
    if (!ABOUT_ITEMS.test(action)) return;
    use(principal, keys.get(table), ["Decrypt"], {
      "aws:dynamodb:tableName": table,
      "aws:dynamodb:subscriberId": account,
    });
  };
}
