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

  private topic(name: "operators" | "pager", subscribers: readonly string[]): SnsTopic {
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
      policy: policyDocument(this.publishers(name, topic.arn)),
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

  /** Alarms reach both; of changes and of what is spent only operators are told, of the latter in one Region. */
  private publishers(name: "operators" | "pager", topic: string): Statement[] {
    const { environment, place, prefix } = this.props;
    const { name: of, account } = environment;
    const may = (Sid: string, service: string, Condition: Statement["Condition"]): Statement => ({
      Sid,
      Effect: "Allow",
      Action: "sns:Publish",
      Resource: topic,
      Principal: { Service: service },
      Condition,
    });
    const ofAccount = { StringEquals: { "aws:SourceAccount": account } };
    const rules = `arn:aws:events:${place.region}:${account}:rule/vod-*-${of}`;
    const alarms = may("Alarms", "cloudwatch.amazonaws.com", ofAccount);
    if (name === "pager") return [alarms];
    const alerts = may("Alerts", "events.amazonaws.com", { ArnLike: { "aws:SourceArn": rules } });
    return prefix === "" ? [alarms, alerts, may("Budget", "budgets.amazonaws.com", ofAccount)] : [alarms, alerts];
  }
}
