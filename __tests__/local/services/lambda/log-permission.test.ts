import { AwsError, type Authorize } from "../../../../local/kernel/aws-service";
import { readFunctions } from "../../../../local/services/lambda/functions";
import { logPermission } from "../../../../local/services/lambda/log-permission";
import { deploymentOf } from "../test-kit";
import { lambdaWith, ROLE } from "./test-lambda";
import { OPERATOR, temporaryDirectory } from "../test-kit";

const directory = temporaryDirectory();
const KEY = "arn:aws:kms:eu-west-1:000000000000:key/1";
const deployment = deploymentOf({
  "aws_kms_key.data": { arn: KEY, key_id: "1" },
  "aws_cloudwatch_log_group.worker": { name: "/aws/lambda/worker", kms_key_id: KEY },
  "aws_lambda_function.worker": { function_name: "worker", role: ROLE, s3_bucket: "b", s3_key: "k", handler: "index.handler", runtime: "nodejs22.x" }, // prettier-ignore
});
const worker = readFunctions(deployment).get("worker")!;

test("the function's role opens the stream, and CloudWatch Logs encrypts it on its own behalf", () => {
  const calls: unknown[] = [];
  const authorize: Authorize = ({ arn }, action, resource, context = {}) =>
    void calls.push([arn, action, resource, context["kms:EncryptionContext:aws:logs:arn"]]);
  const mayWrite = logPermission({ deployment, authorize, sessionOf: () => ({ kind: "role", arn: ROLE }) });
  expect(mayWrite(worker)).toBeUndefined();
  const group = "arn:aws:logs:eu-west-1:000000000000:log-group:/aws/lambda/worker";
  expect(calls).toEqual([
    [ROLE, "logs:CreateLogStream", `${group}:log-stream:local`, undefined],
    [ROLE, "logs:PutLogEvents", `${group}:log-stream:local`, undefined],
    ["logs.eu-west-1.amazonaws.com", "kms:GenerateDataKey", KEY, group],
  ]);
});

test("a function whose log is refused runs, and says nothing; that it does is told once", async () => {
  const authorize: Authorize = (_, action) => {
    if (action.startsWith("logs:")) throw new AwsError("AccessDeniedException", `may not ${action}`, 400);
  };
  const { lambda, lost, logs } = lambdaWith(directory, {
    source: 'export const handler = async () => { console.log("heard"); return 1; };',
    options: { authorize },
  });
  for (const _ of [1, 2]) expect((await lambda.invoke(OPERATOR, "worker", {})).payload).toBe("1");
  expect(lost).toEqual(["worker: its log is not written: may not logs:CreateLogStream"]);
  expect(logs).toThrow("ENOENT");
});

test("a defect is no refusal", () => {
  const authorize: Authorize = () => {
    throw new Error("a defect");
  };
  const mayWrite = logPermission({ deployment, authorize, sessionOf: () => ({ kind: "role", arn: ROLE }) });
  expect(() => mayWrite(worker)).toThrow("a defect");
});
