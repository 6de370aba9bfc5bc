import { appendFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { AwsError } from "../../../../local/kernel/aws-service";
import { OPERATOR } from "../test-kit";
import { ARN, call, KEY, receive, start, URL } from "./sqs-harness";

test("an encrypted queue's key is used by who sends and by who receives", async () => {
  const { sqs, calls } = start(undefined, { kms_master_key_id: KEY });
  await call(sqs, "SendMessage", { MessageBody: "hello" });
  await receive(sqs);
  await sqs.send({ kind: "service", arn: "events.amazonaws.com" }, ARN, "parked");
  await call(sqs, "PurgeQueue");
  expect(calls).toEqual([
    `${OPERATOR.arn} sqs:SendMessage ${ARN}`,
    ...["GenerateDataKey", "Decrypt"].map((action) => `${OPERATOR.arn} kms:${action} ${KEY}`),
    `${OPERATOR.arn} sqs:ReceiveMessage ${ARN}`,
    `${OPERATOR.arn} kms:Decrypt ${KEY}`,
    `events.amazonaws.com sqs:SendMessage ${ARN}`,
    ...["GenerateDataKey", "Decrypt"].map((action) => `events.amazonaws.com kms:${action} ${KEY}`),
    `${OPERATOR.arn} sqs:PurgeQueue ${ARN}`,
  ]);
});

test("a message is sent, received with its digests and attributes, and deleted", async () => {
  const { sqs, calls } = start();
  const attributes = {
    RULE: { DataType: "String", StringValue: "upload" },
    COUNT: { DataType: "Number", StringValue: "3" },
  };
  expect(await call(sqs, "SendMessage", { MessageBody: "hello", MessageAttributes: attributes })).toEqual({
    MessageId: "m-1",
    MD5OfMessageBody: "5d41402abc4b2a76b9719d911017c592",
    // Worked out with Python's hashlib from SQS's documented algorithm.
    MD5OfMessageAttributes: "8e640aae11c7f1964d059000aa806887",
  });
  const [message] = await receive(sqs, { MessageAttributeNames: ["RU.*"], AttributeNames: ["All"] });
  expect(message).toMatchObject({
    MessageId: "m-1",
    Body: "hello",
    MD5OfBody: "5d41402abc4b2a76b9719d911017c592",
    MessageAttributes: { RULE: { DataType: "String", StringValue: "upload" } },
    Attributes: {
      SenderId: OPERATOR.arn,
      SentTimestamp: String(Date.UTC(2026, 0, 2, 3, 4, 5)),
      ApproximateReceiveCount: "1",
      ApproximateFirstReceiveTimestamp: String(Date.UTC(2026, 0, 2, 3, 4, 5)),
    },
  });
  expect(await call(sqs, "DeleteMessage", { ReceiptHandle: message?.ReceiptHandle })).toEqual({});
  expect(calls).toEqual(
    ["SendMessage", "ReceiveMessage", "DeleteMessage"].map((name) => `${OPERATOR.arn} sqs:${name} ${ARN}`),
  );
});

test("a received message is hidden for the visibility timeout, then received again", async () => {
  const { sqs, time } = start(undefined, { visibility_timeout_seconds: 60 });
  await call(sqs, "SendMessage", { MessageBody: "once" });
  expect(await receive(sqs)).toHaveLength(1);
  await time.advance(59_999);
  expect(await receive(sqs)).toEqual([]);
  await time.advance(1);
  const [again] = await receive(sqs, { MessageSystemAttributeNames: ["ApproximateReceiveCount"] });
  expect(again?.Attributes).toEqual({ ApproximateReceiveCount: "2" });
  await call(sqs, "ChangeMessageVisibility", { ReceiptHandle: again?.ReceiptHandle, VisibilityTimeout: 0 });
  expect(await receive(sqs, { VisibilityTimeout: 5 })).toHaveLength(1);
  await time.advance(5000);
  expect(await receive(sqs)).toHaveLength(1);
});

test("a long poll ends with the first message, or with its time", async () => {
  const { sqs, time } = start();
  const waiting = receive(sqs, { WaitTimeSeconds: 20 });
  await time.advance(1000);
  await call(sqs, "SendMessage", { MessageBody: "at last" });
  expect(await waiting).toMatchObject([{ Body: "at last" }]);
  const empty = call(sqs, "ReceiveMessage", { WaitTimeSeconds: 2 });
  await time.advance(2000);
  expect(await empty).toEqual({});
  expect(time.pending()).toEqual([]);
});

test("a message received too often moves to the queue of the redrive policy", async () => {
  const redrive = JSON.stringify({ deadLetterTargetArn: ARN.replace("parked", "second"), maxReceiveCount: 1 });
  const { sqs, time } = start(undefined, { redrive_policy: redrive });
  await call(sqs, "SendMessage", { MessageBody: "poison" });
  expect(await receive(sqs)).toHaveLength(1);
  await time.advance(30_000);
  expect(await receive(sqs)).toEqual([]);
  expect(await receive(sqs, { QueueUrl: URL.replace("parked", "second") })).toMatchObject([
    { MessageId: "m-1", Body: "poison" },
  ]);
});

test("messages older than the retention are gone", async () => {
  const { sqs, time } = start(undefined, { message_retention_seconds: 60 });
  await call(sqs, "SendMessage", { MessageBody: "old" });
  await time.advance(60_001);
  expect(await receive(sqs)).toEqual([]);
});

test("attributes tell counts and settings", async () => {
  const { sqs } = start(undefined, { delay_seconds: 0 });
  for (const body of ["a", "b"]) await call(sqs, "SendMessage", { MessageBody: body });
  await call(sqs, "SendMessage", { MessageBody: "later", DelaySeconds: 9 });
  await receive(sqs);
  expect(await call(sqs, "GetQueueAttributes", { AttributeNames: ["All"] })).toEqual({
    Attributes: {
      QueueArn: ARN,
      ApproximateNumberOfMessages: "1",
      ApproximateNumberOfMessagesNotVisible: "1",
      ApproximateNumberOfMessagesDelayed: "1",
      VisibilityTimeout: "30",
      MessageRetentionPeriod: "345600",
      DelaySeconds: "0",
      MaximumMessageSize: "262144",
    },
  });
  expect(await call(sqs, "GetQueueAttributes", { AttributeNames: ["QueueArn"] })).toEqual({
    Attributes: { QueueArn: ARN },
  });
  expect(await call(sqs, "GetQueueAttributes", { AttributeNames: ["Colour"] })).toEqual({
    refused: "InvalidAttributeName: Unknown Attribute Colour.",
  });
});

test("queues are found by name and listed by prefix, and purged", async () => {
  const { sqs, calls } = start();
  expect(await call(sqs, "GetQueueUrl", { QueueName: "parked" })).toEqual({ QueueUrl: URL });
  expect(await call(sqs, "ListQueues", { QueueNamePrefix: "par" })).toEqual({ QueueUrls: [URL] });
  expect(await call(sqs, "ListQueues", { QueueNamePrefix: "x" })).toEqual({});
  expect(calls.slice(1)).toEqual(Array(2).fill(`${OPERATOR.arn} sqs:ListQueues *`));
  await call(sqs, "SendMessage", { MessageBody: "gone" });
  expect(await call(sqs, "PurgeQueue")).toEqual({});
  expect(await receive(sqs)).toEqual([]);
});

test("other services send in process, as who they are, and are refused unknown queues", async () => {
  const { sqs, calls } = start();
  const events = { kind: "service", arn: "events.amazonaws.com" } as const;
  await sqs.send(events, ARN, "body", { RULE_ARN: "rule" });
  expect(await receive(sqs, { MessageAttributeNames: ["All"] })).toMatchObject([
    { Body: "body", MessageAttributes: { RULE_ARN: { DataType: "String", StringValue: "rule" } } },
  ]);
  expect(calls[0]).toBe(`events.amazonaws.com sqs:SendMessage ${ARN}`);
  await expect(sqs.send(events, `${ARN}x`, "body")).rejects.toThrow(
    new AwsError("QueueDoesNotExist", "The specified queue does not exist."),
  );
});

test("what was sent and not deleted survives a restart and a line cut short", async () => {
  const { sqs, directory } = start();
  for (const body of ["kept", "deleted"]) await call(sqs, "SendMessage", { MessageBody: body });
  const received = await receive(sqs, { MaxNumberOfMessages: 10 });
  await call(sqs, "DeleteMessage", { ReceiptHandle: received[1]?.ReceiptHandle });
  const file = join(directory, "parked.jsonl");
  appendFileSync(file, '{"op":"send","message":{"id":"half');
  const restarted = start(directory);
  expect(await receive(restarted.sqs, { MaxNumberOfMessages: 10 })).toMatchObject([{ MessageId: "m-1", Body: "kept" }]);
  expect(readFileSync(file, "utf8").trim().split("\n")).toHaveLength(1);
});
