import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SnsTopicPolicy } from "@cdktf/provider-aws/lib/sns-topic-policy";
import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
import { Construct } from "constructs";
import type { Environment } from "../../environments/environment";
import type { Place } from "../shared/place";
import { policyDocument, type Statement } from "../shared/policy";
import type { StorageKey } from "../shared/storage-key";

export interface NotificationsProps {
  readonly environment: Environment;
  readonly key: StorageKey;
  readonly place: Place;
  /** Put before the names where a Region is not the environment's own: `edge_`. */
  readonly prefix: "" | "edge_";
}

/** Whom alarms of one Region reach: operators are told of all, the pager of what keeps viewers from watching. */
export class Notifications extends Construct {
  readonly operators: SnsTopic;
  readonly pager: SnsTopic;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: NotificationsProps,
  ) {
    super(scope, id);
    const { notify, page } = props.environment.operate;
    this.operators = this.topic("operators", notify);
    this.pager = this.topic("pager", page);
  }

  private topic(name: string, subscribers: readonly string[]): SnsTopic {
    const { environment, key, place, prefix } = this.props;
    const id = `${prefix}${name}`;
    const { provider } = place;
    const topic = new SnsTopic(this, id, {
      provider,
      name: `vod-${id.replaceAll("_", "-")}-${environment.name}`,
      kmsMasterKeyId: key.arn,
    });
    new SnsTopicPolicy(this, `${id}:policy`, {
      provider,
      arn: topic.arn,
      policy: policyDocument(publishers(environment, place.region, topic.arn)),
    });
    for (const [index, subscriber] of subscribers.entries()) {
      const mail = subscriber.startsWith("mailto:");
      new SnsTopicSubscription(this, `${id}_${index}`, {
        provider,
        topicArn: topic.arn,
        protocol: mail ? "email" : "https",
        endpoint: mail ? subscriber.slice("mailto:".length) : subscriber,
      });
    }
    return topic;
  }
}

function publishers({ name, account }: Environment, region: string, topic: string): Statement[] {
  const may = (Sid: string, service: string, Condition: Statement["Condition"]): Statement => ({
    Sid,
    Effect: "Allow",
    Action: "sns:Publish",
    Resource: topic,
    Principal: { Service: service },
    Condition,
  });
  const ofAccount = { StringEquals: { "aws:SourceAccount": account } };
  return [
    may("Alarms", "cloudwatch.amazonaws.com", ofAccount),
    may("Alerts", "events.amazonaws.com", {
      ArnLike: { "aws:SourceArn": `arn:aws:events:${region}:${account}:rule/vod-*-${name}` },
    }),
    may("Budget", "budgets.amazonaws.com", ofAccount),
  ];
}
