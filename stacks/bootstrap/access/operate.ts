import type { Environment } from "../../../environments/environment";
import { type Grant, of, tagged, tagging } from "./grant";

/** Alarms, topics, the budget: in the environment's Region, and in us-east-1 where the edge is watched. */
export function operate(environment: Environment): Grant[] {
  const { account, region } = environment;
  const regions = [...new Set([region, "us-east-1"])];
  const everywhere = (service: string, resource: string): string[] =>
    regions.map((place) => `arn:aws:${service}:${place}:${account}:${resource}`);
  return [...news(environment, everywhere), ...watching(environment, everywhere), ...edge(environment)];
}

type Everywhere = (service: string, resource: string) => string[];

function news({ name }: Environment, everywhere: Everywhere): Grant[] {
  return [
    {
      types: ["aws_sns_topic", "aws_sns_topic_policy", "aws_sns_topic_subscription"],
      on: everywhere("sns", `vod-*-${name}`),
      read: [
        ...of("sns", "GetDataProtectionPolicy", "GetTopicAttributes", "ListSubscriptionsByTopic"),
        ...of("sns", "ListTagsForResource"),
      ],
      change: [
        ...of("sns", "CreateTopic", "DeleteTopic", "SetTopicAttributes", "Subscribe", "TagResource", "UntagResource"),
      ],
    },
    {
      // A subscription's ARN is its topic's with a number behind.
      types: [],
      on: everywhere("sns", `vod-*-${name}:*`),
      read: ["sns:GetSubscriptionAttributes"],
      change: of("sns", "SetSubscriptionAttributes", "Unsubscribe"),
    },
  ];
}

function watching({ name, account }: Environment, everywhere: Everywhere): Grant[] {
  return [
    { types: [], on: everywhere("cloudwatch", "alarm:*"), read: ["cloudwatch:DescribeAlarms"] },
    {
      types: ["aws_cloudwatch_metric_alarm", "aws_cloudwatch_composite_alarm"],
      on: everywhere("cloudwatch", `alarm:vod-*-${name}`),
      read: ["cloudwatch:ListTagsForResource"],
      change: of("cloudwatch", "DeleteAlarms", "PutCompositeAlarm", "PutMetricAlarm", "TagResource", "UntagResource"),
    },
    {
      types: ["aws_budgets_budget"],
      on: [`arn:aws:budgets::${account}:budget/vod-*-${name}`],
      read: of("budgets", "ListTagsForResource", "ViewBudget"),
      change: of("budgets", "ModifyBudget", "TagResource", "UntagResource"),
    },
  ];
}

/** The edge's key, queues and rules in us-east-1; with the environment there, they are its own. */
function edge({ name, account, region }: Environment): Grant[] {
  const arn = (service: string, resource: string): string => `arn:aws:${service}:us-east-1:${account}:${resource}`;
  const metrics: Grant = {
    types: ["aws_cloudfront_monitoring_subscription"],
    on: [`arn:aws:cloudfront::${account}:distribution/*`],
    read: ["cloudfront:GetMonitoringSubscription"],
    change: of("cloudfront", "CreateMonitoringSubscription", "DeleteMonitoringSubscription"),
  };
  if (region === "us-east-1") return [metrics];
  return [
    metrics,
    {
      types: [],
      on: [arn("kms", "key/*")],
      read: of("kms", "DescribeKey", "GetKeyPolicy", "GetKeyRotationStatus", "ListResourceTags"),
      change: [
        ...of("kms", "CreateAlias", "DeleteAlias", "EnableKeyRotation", "PutKeyPolicy", "ScheduleKeyDeletion"),
        ...of("kms", "UntagResource", "UpdateAlias", "UpdateKeyDescription"),
      ],
      when: tagged(name),
    },
    { types: [], on: [arn("kms", "key/*")], change: ["kms:TagResource"], when: tagging(name) },
    {
      types: [],
      on: [arn("kms", `alias/vod-${name}-edge-news`)],
      change: of("kms", "CreateAlias", "DeleteAlias", "UpdateAlias"),
    },
    {
      types: [],
      on: [arn("sqs", `vod-*-${name}`)],
      read: of("sqs", "GetQueueAttributes", "GetQueueUrl", "ListQueueTags"),
      change: of("sqs", "CreateQueue", "DeleteQueue", "SetQueueAttributes", "TagQueue", "UntagQueue"),
    },
    {
      types: [],
      on: [arn("events", `rule/vod-*-${name}`)],
      read: of("events", "DescribeRule", "ListTagsForResource", "ListTargetsByRule"),
      change: [
        ...of("events", "DeleteRule", "DisableRule", "EnableRule", "PutRule", "PutTargets", "RemoveTargets"),
        ...of("events", "TagResource", "UntagResource"),
      ],
    },
  ];
}
