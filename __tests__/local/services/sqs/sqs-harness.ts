import { join } from "node:path";
import { createSqs, type Sqs } from "../../../../local/services/sqs/sqs";
import { callJson, counter, deploymentOf, manualTime, recordingAuthorize, temporaryDirectory } from "../test-kit";

export const root = temporaryDirectory();
export const directories = counter("state");
export const ARN = "arn:aws:sqs:eu-west-1:000000000000:parked";
export const KEY = "arn:aws:kms:eu-west-1:000000000000:key/1";
export const URL = "https://sqs.eu-west-1.amazonaws.com/000000000000/parked";

/** Two queues, the first as a test wants it. */
export function start(directory = join(root, directories()), parked: Record<string, unknown> = {}) {
  const time = manualTime();
  const { authorize, calls } = recordingAuthorize();
  const deployment = deploymentOf({
    "aws_sqs_queue.parked": { name: "parked", ...parked },
    "aws_sqs_queue.second": { name: "second" },
    "aws_kms_key.data": { arn: KEY, key_id: "1" },
  });
  const sqs = createSqs({
    deployment,
    directory,
    authorize,
    clock: time.clock,
    ids: counter("m"),
    timers: time.timers,
  });
  return { sqs, time, calls, directory };
}

export const call = (sqs: Sqs, operation: string, input: object = {}) =>
  callJson(sqs, `AmazonSQS.${operation}`, { QueueUrl: URL, ...input });

export async function receive(sqs: Sqs, input: object = {}): Promise<Record<string, unknown>[]> {
  return ((await call(sqs, "ReceiveMessage", input)).Messages ?? []) as Record<string, unknown>[];
}
