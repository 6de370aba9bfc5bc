import type { Attributes, Instance } from "./instance";

const path = (it: Instance) => (it.read("path") === undefined ? "/" : it.text("path"));
const iamArn = (it: Instance, kind: string) => it.arn("iam", `${kind}${path(it)}${it.named()}`, { region: "" });
const lambdaArn = (it: Instance) => it.arn("lambda", `function:${it.text("function_name")}`);
const topicArn = (it: Instance) => it.arn("sns", it.named());
const subscriptionArn = (it: Instance) => `${it.text("topic_arn")}:${it.uuid()}`;
const alarmArn = (it: Instance) => it.arn("cloudwatch", `alarm:${it.text("alarm_name")}`);
const ruleName = (it: Instance) => it.named();

/** Roles, functions, and what starts, watches and tells of them. */
export const compute: Readonly<Record<string, Attributes>> = {
  aws_iam_role: {
    id: (it) => it.named(),
    name: (it) => it.named(),
    arn: (it) => iamArn(it, "role"),
    unique_id: (it) => `AROA${it.upper(17)}`,
  },
  aws_iam_role_policy: { id: (it) => `${it.text("role")}:${it.named()}`, name: (it) => it.named() },
  aws_iam_role_policy_attachment: { id: (it) => `${it.text("role")}-${it.hex(26)}` },
  aws_iam_policy: {
    id: (it) => iamArn(it, "policy"),
    arn: (it) => iamArn(it, "policy"),
    name: (it) => it.named(),
    policy_id: (it) => `ANPA${it.upper(17)}`,
  },

  aws_lambda_function: {
    id: (it) => it.text("function_name"),
    arn: lambdaArn,
    qualified_arn: (it) => `${lambdaArn(it)}:$LATEST`,
    invoke_arn: (it) =>
      it.arn("apigateway", `path/2015-03-31/functions/${lambdaArn(it)}/invocations`, { account: "lambda" }),
    version: () => "$LATEST",
  },
  aws_lambda_function_event_invoke_config: { id: (it) => it.text("function_name") },
  aws_lambda_permission: {
    id: (it) => it.named("statement_id"),
    statement_id: (it) => it.named("statement_id"),
  },

  aws_cloudwatch_event_rule: {
    id: ruleName,
    name: ruleName,
    arn: (it) => it.arn("events", `rule/${it.named()}`),
  },
  aws_cloudwatch_event_target: {
    id: (it) => `${it.text("rule")}-${it.named("target_id")}`,
    target_id: (it) => it.named("target_id"),
  },

  aws_cloudwatch_log_group: {
    id: (it) => it.named(),
    name: (it) => it.named(),
    arn: (it) => it.arn("logs", `log-group:${it.named()}`),
  },
  aws_cloudwatch_log_metric_filter: { id: (it) => it.text("name") },
  aws_cloudwatch_metric_alarm: { id: (it) => it.text("alarm_name"), arn: alarmArn },
  aws_cloudwatch_composite_alarm: { id: (it) => it.text("alarm_name"), arn: alarmArn },
  aws_cloudwatch_dashboard: {
    id: (it) => it.text("dashboard_name"),
    dashboard_arn: (it) => it.arn("cloudwatch", `dashboard/${it.text("dashboard_name")}`, { region: "" }),
  },

  aws_sns_topic: { id: topicArn, arn: topicArn, name: (it) => it.named() },
  aws_sns_topic_policy: { id: (it) => it.text("arn") },
  aws_sns_topic_subscription: { id: subscriptionArn, arn: subscriptionArn },
};
