import { join } from "node:path";
import {
  AwsError,
  type Authorize,
  type AwsRequest,
  type AwsResponse,
  type AwsService,
  type Principal,
} from "../../kernel/aws-service";
import type { Clock } from "../../kernel/clock";
import type { Deployment } from "../../terraform/deployment";
import { jsonAnswer, readJsonCall, type JsonInput } from "../json-protocol";
import { keyUse, type KeyAction } from "../key-use";
import { encryptionKeys } from "../../terraform/encryption-keys";
import type { Timers } from "../timers";
import { stringAttributes } from "./message-attributes";
import { QUEUE_OPERATIONS } from "./operations";
import { Queue } from "./queue";
import { openQueueLog } from "./queue-log";
import { queueSettings } from "./queue-settings";

/**
 * Puts a message into a queue of this account as `principal`. Rejects with `QueueDoesNotExist` for an unknown ARN.
 * `attributes` become message attributes of type String.
 */
export type SendMessage = (
  principal: Principal,
  queueArn: string,
  body: string,
  attributes?: Readonly<Record<string, string>>,
) => Promise<void>;

export interface SqsOptions {
  readonly deployment: Deployment;
  /** One file of JSON lines a queue. */
  readonly directory: string;
  readonly authorize: Authorize;
  readonly clock: Clock;
  readonly ids: () => string;
  readonly timers: Timers;
}

export interface Sqs extends AwsService {
  readonly send: SendMessage;
  /** Messages that can be received now, by name of queue. */
  depths(): Readonly<Record<string, number>>;
}

/** A payload of the largest message, escaped as JSON. */
const MAXIMUM_REQUEST_BYTES = 4 * 1024 * 1024;

/** What a message's way into and out of an encrypted queue takes of the queue's key. */
const KEY_ACTIONS: Readonly<Record<string, readonly KeyAction[]>> = {
  SendMessage: ["GenerateDataKey", "Decrypt"],
  SendMessageBatch: ["GenerateDataKey", "Decrypt"],
  ReceiveMessage: ["Decrypt"],
};

/** The stack's standard queues over SQS's JSON protocol; messages survive a restart. */
export function createSqs(options: SqsOptions): Sqs {
  const { deployment, authorize, clock, ids } = options;
  const queues = new Map<string, Queue>();
  const { arnOf } = encryptionKeys(deployment);
  const useKey = keyUse(authorize, deployment.account, deployment.region, "sqs");
  /** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html */
  const openQueue = (principal: Principal, { settings }: Queue, operation: string): void => {
    const actions = KEY_ACTIONS[operation] ?? [];
    useKey(principal, settings.kmsKey && arnOf(settings.kmsKey), actions, { "aws:sqs:arn": settings.arn });
  };
  for (const resource of deployment.all("aws_sqs_queue")) {
    const settings = queueSettings(resource, deployment.account, deployment.region);
    const log = openQueueLog(join(options.directory, `${settings.name}.jsonl`));
    const redrive = (arn: string, message: Parameters<Queue["add"]>[0]): void => void byArn(arn).add(message);
    queues.set(settings.name, new Queue({ settings, log, clock, ids, redrive }));
  }

  function byArn(arn: string): Queue {
    const queue = [...queues.values()].find((candidate) => candidate.settings.arn === arn);
    return queue ?? missing();
  }

  function named(operation: string, input: JsonInput): Queue {
    const name = operation === "GetQueueUrl" ? input.text("QueueName") : input.text("QueueUrl").split("/").at(-1);
    return queues.get(name ?? "") ?? missing();
  }

  function list(input: JsonInput, principal: Principal): AwsResponse {
    authorize(principal, "sqs:ListQueues", "*");
    const prefix = input.optionalText("QueueNamePrefix") ?? "";
    const urls = [...queues.values()]
      .filter(({ settings }) => settings.name.startsWith(prefix))
      .map((queue) => queue.settings.url);
    return jsonAnswer(urls.length > 0 ? { QueueUrls: urls } : {});
  }

  return {
    name: "sqs",
    depths: () => Object.fromEntries([...queues].map(([name, queue]) => [name, queue.counts().visible])),
    async send(principal, queueArn, body, attributes = {}) {
      const queue = byArn(queueArn);
      authorize(principal, "sqs:SendMessage", queueArn);
      openQueue(principal, queue, "SendMessage");
      queue.send(body, stringAttributes(attributes), principal.arn);
    },
    async handle(request: AwsRequest) {
      const { operation, input } = await readJsonCall(request, "AmazonSQS", MAXIMUM_REQUEST_BYTES);
      if (operation === "ListQueues") return list(input, request.principal);
      const run = QUEUE_OPERATIONS[operation];
      if (!run) {
        const allowed = ["ListQueues", ...Object.keys(QUEUE_OPERATIONS)].join(", ");
        throw new AwsError("UnknownOperationException", `SQS answers ${allowed} here, got ${operation}.`);
      }
      const queue = named(operation, input);
      authorize(request.principal, `sqs:${operation}`, queue.settings.arn);
      openQueue(request.principal, queue, operation);
      return jsonAnswer(await run(input, { queue, timers: options.timers, senderId: request.principal.arn }));
    },
  };
}

function missing(): never {
  throw new AwsError("QueueDoesNotExist", "The specified queue does not exist.");
}
