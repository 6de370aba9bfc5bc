import { join } from "node:path";
import { AwsError, type Authorize } from "../../../../local/kernel/aws-service";
import { createSqs } from "../../../../local/services/sqs/sqs";
import { counter, deploymentOf, manualTime } from "../test-kit";
import { call, directories, receive, root, start, URL } from "./sqs-harness";

test.each([
  [
    "SendMessage",
    { MessageBody: "" },
    "InvalidParameterException: MessageBody must be a string that is not empty, got a string.",
  ],
  [
    "SendMessage",
    { MessageBody: "x".repeat(262_145) },
    "InvalidParameterValue: One or more parameters are invalid. Reason: Message must be 1 to 262144 bytes, got 262145.",
  ],
  [
    "SendMessage",
    { MessageBody: "x", MessageAttributes: { A: {} } },
    "InvalidParameterValue: The message attribute 'A' must have a DataType and a value.",
  ],
  [
    "ReceiveMessage",
    { MaxNumberOfMessages: 11 },
    "InvalidParameterException: MaxNumberOfMessages must be a whole number from 1 to 10, got 11.",
  ],
  ["ReceiveMessage", { QueueUrl: `${URL}x` }, "QueueDoesNotExist: The specified queue does not exist."],
  ["DeleteMessage", { ReceiptHandle: "made-up" }, "ReceiptHandleIsInvalid: The input receipt handle is invalid."],
  [
    "AddPermission",
    {},
    "UnknownOperationException: SQS answers ListQueues, SendMessage, ReceiveMessage, DeleteMessage, ChangeMessageVisibility, GetQueueAttributes, GetQueueUrl, PurgeQueue here, got AddPermission.",
  ],
])("%s with what AWS refuses is refused: %#", async (operation, input, refused) => {
  expect(await call(start().sqs, operation, input)).toEqual({ refused });
});

test("an operation that may not be done is not done", async () => {
  const time = manualTime();
  const deployment = deploymentOf({ "aws_sqs_queue.parked": { name: "parked" } });
  let allow = false;
  const authorize: Authorize = (_, action) => {
    if (!allow && action !== "sqs:ReceiveMessage") throw new AwsError("AccessDenied", "no", 403);
  };
  const sqs = createSqs({
    deployment,
    directory: join(root, directories()),
    authorize,
    clock: time.clock,
    ids: counter(),
    timers: time.timers,
  });
  expect(await call(sqs, "SendMessage", { MessageBody: "x" })).toEqual({ refused: "AccessDenied: no" });
  expect(await receive(sqs)).toEqual([]);
  allow = true;
  expect(await call(sqs, "SendMessage", { MessageBody: "x" })).toMatchObject({ MessageId: "id-1" });
});
