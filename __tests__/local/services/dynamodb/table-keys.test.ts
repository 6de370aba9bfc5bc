import { tableKeys } from "../../../../local/services/dynamodb/table-keys";
import type { Authorize } from "../../../../local/kernel/aws-service";
import { ACCOUNT, deploymentOf, OPERATOR } from "../test-kit";

const KEY = "arn:aws:kms:eu-west-1:000000000000:key/1";
const TABLE = `arn:aws:dynamodb:eu-west-1:${ACCOUNT}:table/catalogue`;
const deployment = deploymentOf({
  "aws_kms_key.data": { arn: KEY, key_id: "1" },
  "aws_dynamodb_table.catalogue": { name: "catalogue", server_side_encryption: [{ enabled: true, kms_key_arn: KEY }] },
  "aws_dynamodb_table.plain": { name: "plain" },
});

/** What KMS is asked for by a call of DynamoDB. */
function asked(action: string, resource = TABLE): string[] {
  const calls: string[] = [];
  const authorize: Authorize = (_, called, key, context = {}) =>
    void calls.push(`${called} ${key} ${String(context["kms:EncryptionContext:aws:dynamodb:tableName"])}`);
  tableKeys(deployment, authorize)(OPERATOR, action, resource);
  return calls;
}

test.each([
  "GetItem",
  "PutItem",
  "UpdateItem",
  "DeleteItem",
  "Query",
  "Scan",
  "BatchGetItem",
  "BatchWriteItem",
  "ConditionCheckItem",
])(
  // prettier-ignore
  "%s decrypts the table's key",
  (action) => {
    expect(asked(action)).toEqual([`kms:Decrypt ${KEY} catalogue`]);
  },
);

test("an index lies under its table's key; a description, and a table of DynamoDB's own key, under none", () => {
  expect(asked("Query", `${TABLE}/index/packaging`)).toEqual([`kms:Decrypt ${KEY} catalogue`]);
  expect([asked("DescribeTable"), asked("GetItem", TABLE.replace("catalogue", "plain")), asked("Scan", "*")]).toEqual([[], [], []]); // prettier-ignore
});
