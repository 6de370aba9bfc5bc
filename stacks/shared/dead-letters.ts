import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { SqsQueuePolicy } from "@cdktf/provider-aws/lib/sqs-queue-policy";
import { Construct } from "constructs";
import type { Environment } from "../../environments/environment";
import type { Place } from "./place";
import { allow, policyDocument, type Statement } from "./policy";
import type { StorageKey } from "./storage-key";

/** The longest that SQS keeps a message: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html */
const FOURTEEN_DAYS = 14 * 24 * 3600;

/** Where a handler's events end that could not be delivered or handled, until a person sends them again. */
export class DeadLetters extends Construct {
  private readonly queue: SqsQueue;

  constructor(
    scope: Construct,
    /** Name of the handler, in the form of addresses. */
    readonly handler: string,
    { name: environment, account, region: home }: Environment,
    private readonly key: StorageKey,
    /** The environment's own unless given. */
    readonly place: Place = { region: home },
  ) {
    super(scope, "dead-letters");
    const { region, provider } = place;
    const id = `${handler}_dead_letters`;
    this.queue = new SqsQueue(this, id, {
      provider,
      name: `vod-${handler.replaceAll("_", "-")}-dead-letters-${environment}`,
      kmsMasterKeyId: key.arn,
      messageRetentionSeconds: FOURTEEN_DAYS,
    });
    new SqsQueuePolicy(this, `${id}:policy`, {
      provider,
      queueUrl: this.queue.url,
      policy: policyDocument([
        {
          Sid: "EventBridgeParksWhatItCannotDeliver",
          Effect: "Allow",
          Action: "sqs:SendMessage",
          Resource: this.queue.arn,
          Principal: { Service: "events.amazonaws.com" },
          Condition: { ArnLike: { "aws:SourceArn": `arn:aws:events:${region}:${account}:rule/vod-*-${environment}` } },
        },
      ]),
    });
  }

  get arn(): string {
    return this.queue.arn;
  }

  /** Known at plan. */
  get queueName(): string {
    return this.queue.name;
  }

  /** What a function's role needs to park its own failed events. */
  senderStatements(): Statement[] {
    return [allow(["sqs:SendMessage"], [this.queue.arn]), this.key.through("sqs", "GenerateDataKey", "Decrypt")];
  }
}
