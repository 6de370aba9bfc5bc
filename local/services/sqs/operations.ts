import { AwsError } from "../../kernel/aws-service";
import type { JsonInput } from "../json-protocol";
import type { Timers } from "../timers";
import { digests, parseAttributes } from "./message-attributes";
import type { Queue, Received } from "./queue";

export interface OperationContext {
  readonly queue: Queue;
  readonly timers: Timers;
  readonly senderId: string;
}

type Operation = (input: JsonInput, context: OperationContext) => unknown;

/**
 * Operations on one queue, which `QueueUrl` names. Limits are those of
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference.
 */
export const QUEUE_OPERATIONS: Readonly<Record<string, Operation>> = {
  SendMessage(input, { queue, senderId }) {
    const attributes = parseAttributes(input.object("MessageAttributes").members);
    const delay = input.optionalInteger("DelaySeconds", 0, 900);
    const message = queue.send(
      input.text("MessageBody"),
      attributes,
      senderId,
      delay === undefined ? undefined : delay * 1000,
    );
    return { MessageId: message.id, ...digests(message.body, message.attributes, "MD5OfMessageBody") };
  },

  async ReceiveMessage(input, { queue, timers }) {
    const maximum = input.optionalInteger("MaxNumberOfMessages", 1, 10) ?? 1;
    const visibility = input.optionalInteger("VisibilityTimeout", 0, 43_200);
    const waitSeconds = input.optionalInteger("WaitTimeSeconds", 0, 20) ?? 0;
    const receive = (): Received[] => queue.receive(maximum, visibility === undefined ? undefined : visibility * 1000);
    let received = receive();
    if (received.length === 0 && waitSeconds > 0) {
      await arrival(queue, timers, waitSeconds * 1000);
      received = receive();
    }
    const names = [...input.texts("AttributeNames"), ...input.texts("MessageSystemAttributeNames")];
    const attributeNames = input.texts("MessageAttributeNames");
    return received.length === 0 ? {} : { Messages: received.map((each) => render(each, names, attributeNames)) };
  },

  DeleteMessage(input, { queue }) {
    queue.delete(input.text("ReceiptHandle"));
    return {};
  },

  ChangeMessageVisibility(input, { queue }) {
    const seconds = input.optionalInteger("VisibilityTimeout", 0, 43_200);
    if (seconds === undefined)
      throw new AwsError("MissingParameter", "The request must contain the parameter VisibilityTimeout.");
    queue.changeVisibility(input.text("ReceiptHandle"), seconds * 1000);
    return {};
  },

  GetQueueAttributes(input, { queue }) {
    const all = queueAttributes(queue);
    const names = input.texts("AttributeNames");
    const unknown = names.find((name) => name !== "All" && !(name in all));
    if (unknown) throw new AwsError("InvalidAttributeName", `Unknown Attribute ${unknown}.`);
    return { Attributes: pick(all, names) };
  },

  GetQueueUrl: (_, { queue }) => ({ QueueUrl: queue.settings.url }),

  PurgeQueue(_, { queue }) {
    queue.purge();
    return {};
  },
};

/** Ends with the first message that arrives, or with the time. */
function arrival(queue: Queue, timers: Timers, ms: number): Promise<void> {
  return new Promise((resolve) => {
    const forget = queue.onArrival(() => {
      cancel();
      resolve();
    });
    const cancel = timers.after(ms, () => {
      forget();
      resolve();
    });
  });
}

function render(
  { message, receipt, receives, firstReceivedAt }: Received,
  names: string[],
  attributeNames: string[],
): unknown {
  const system = pick(
    {
      SenderId: message.senderId,
      SentTimestamp: String(message.sentAt),
      ApproximateReceiveCount: String(receives),
      ApproximateFirstReceiveTimestamp: String(firstReceivedAt),
    },
    names,
  );
  const attributes = pick(message.attributes, attributeNames);
  return {
    MessageId: message.id,
    ReceiptHandle: receipt,
    Body: message.body,
    ...digests(message.body, attributes, "MD5OfBody"),
    ...(Object.keys(system).length > 0 && { Attributes: system }),
    ...(Object.keys(attributes).length > 0 && { MessageAttributes: attributes }),
  };
}

/** Members whose names are asked for: exactly, by `prefix.*`, or all of them. */
function pick<Value>(members: Readonly<Record<string, Value>>, names: readonly string[]): Record<string, Value> {
  const isWanted = (member: string): boolean =>
    names.some(
      (name) => name === "All" || name === member || (name.endsWith(".*") && member.startsWith(name.slice(0, -2))),
    );
  return Object.fromEntries(Object.entries(members).filter(([member]) => isWanted(member)));
}

function queueAttributes(queue: Queue): Record<string, string> {
  const { settings } = queue;
  const { visible, hidden, delayed } = queue.counts();
  return {
    QueueArn: settings.arn,
    ApproximateNumberOfMessages: String(visible),
    ApproximateNumberOfMessagesNotVisible: String(hidden),
    ApproximateNumberOfMessagesDelayed: String(delayed),
    VisibilityTimeout: String(settings.visibilityMs / 1000),
    MessageRetentionPeriod: String(settings.retentionMs / 1000),
    DelaySeconds: String(settings.delayMs / 1000),
    MaximumMessageSize: String(settings.maximumBytes),
    ...(settings.redrive && { RedrivePolicy: JSON.stringify(settings.redrive) }),
  };
}
