import { keyUse } from "../../../local/services/key-use";
import { ACCOUNT, OPERATOR, REGION, unexpected } from "./test-kit";

const KEY = `arn:aws:kms:${REGION}:${ACCOUNT}:key/1`;

test("KMS is told through which service the call came and what is encrypted, for each action", () => {
  const calls: unknown[] = [];
  const use = keyUse((...call) => void calls.push(call), ACCOUNT, REGION, "sqs");
  use(OPERATOR, KEY, ["GenerateDataKey", "Decrypt"], { "aws:sqs:arn": "arn:queue" });
  const context = {
    "kms:ViaService": "sqs.eu-west-1.amazonaws.com",
    "kms:CallerAccount": ACCOUNT,
    "aws:ViaAWSService": "true",
    "kms:EncryptionContextKeys": ["aws:sqs:arn"],
    "kms:EncryptionContext:aws:sqs:arn": "arn:queue",
  };
  expect(calls).toEqual([
    [OPERATOR, "kms:GenerateDataKey", KEY, context],
    [OPERATOR, "kms:Decrypt", KEY, context],
  ]);
});

test("without a key there is nothing to ask", () => {
  keyUse(unexpected("call"), ACCOUNT, REGION, "sqs")(OPERATOR, undefined, ["Decrypt"], {});
});
