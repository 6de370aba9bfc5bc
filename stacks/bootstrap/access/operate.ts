import type { Environment } from "../../../environments/environment";
import { type Grant, inBothRegions, of } from "./grant";

/** Alarms, topics, the budget: in the environment's Region, and in us-east-1 where the edge is watched. */
export function operate(environment: Environment): Grant[] {
  return [...news(environment), ...watching(environment)];
}

function news(environment: Environment): Grant[] {
  const { name } = environment;
  return [
    {
      types: ["aws_sns_topic", "aws_sns_topic_policy", "aws_sns_topic_subscription"],
      on: inBothRegions(environment, "sns", `vod-*-${name}`),
      read: of(
        "sns",
        "GetDataProtectionPolicy",
        "GetTopicAttributes",
        "ListSubscriptionsByTopic",
        "ListTagsForResource",
      ),
      change: of(
        "sns",
        "CreateTopic",
        "DeleteTopic",
        "SetTopicAttributes",
        "Subscribe",
        "TagResource",
        "UntagResource",
      ),
    },
    {
      // A subscription's ARN is its topic's with a number behind.
      types: [],
      on: inBothRegions(environment, "sns", `vod-*-${name}:*`),
      read: ["sns:GetSubscriptionAttributes"],
      change: of("sns", "SetSubscriptionAttributes", "Unsubscribe"),
    },
  ];
}

function watching(environment: Environment): Grant[] {
  const { name, account } = environment;
  return [
    { types: [], on: inBothRegions(environment, "cloudwatch", "alarm:*"), read: ["cloudwatch:DescribeAlarms"] },
    {
      types: ["aws_cloudwatch_metric_alarm", "aws_cloudwatch_composite_alarm"],
      on: inBothRegions(environment, "cloudwatch", `alarm:vod-*-${name}`),
      read: ["cloudwatch:ListTagsForResource"],
      change: of("cloudwatch", "DeleteAlarms", "PutCompositeAlarm", "PutMetricAlarm", "TagResource", "UntagResource"),
    },
    {
      types: ["aws_budgets_budget"],
      on: [`arn:aws:budgets::${account}:budget/vod-*-${name}`],
      read: of("budgets", "ListTagsForResource", "ViewBudget"),
      change: of("budgets", "ModifyBudget", "TagResource", "UntagResource"),
    },
    {
      types: ["aws_cloudfront_monitoring_subscription"],
      on: [`arn:aws:cloudfront::${account}:distribution/*`],
      read: ["cloudfront:GetMonitoringSubscription"],
      change: of("cloudfront", "CreateMonitoringSubscription", "DeleteMonitoringSubscription"),
    },
  ];
}
