import type { Environment } from "../../../environments/environment";
import { boundaryArn } from "../boundary";
import { type Grant, inBothRegions, of } from "./grant";

/** Functions with their logs, queues and rules, and the roles of the workload. */
export function compute(environment: Environment): Grant[] {
  const { name, account, region } = environment;
  const arn = (service: string, resource: string): string => `arn:aws:${service}:${region}:${account}:${resource}`;
  return [
    {
      types: ["aws_lambda_function", "aws_lambda_function_event_invoke_config", "aws_lambda_permission"],
      on: [arn("lambda", `function:vod-*-${name}`)],
      read: [
        ...of("lambda", "GetFunction", "GetFunctionCodeSigningConfig", "GetFunctionConfiguration"),
        ...of("lambda", "GetFunctionEventInvokeConfig", "GetFunctionRecursionConfig", "GetPolicy"),
        ...of("lambda", "GetRuntimeManagementConfig", "ListTags", "ListVersionsByFunction"),
      ],
      change: [
        ...of("lambda", "AddPermission", "CreateFunction", "DeleteFunction", "DeleteFunctionEventInvokeConfig"),
        ...of("lambda", "PutFunctionEventInvokeConfig", "RemovePermission", "TagResource", "UntagResource"),
        ...of("lambda", "UpdateFunctionCode", "UpdateFunctionConfiguration", "UpdateFunctionEventInvokeConfig"),
      ],
    },
    { types: [], on: [arn("logs", "log-group:*")], read: ["logs:DescribeLogGroups"] },
    {
      types: ["aws_cloudwatch_log_group"],
      on: [arn("logs", `log-group:/aws/lambda/vod-*-${name}`), arn("logs", `log-group:/aws/lambda/vod-*-${name}:*`)],
      read: ["logs:ListTagsForResource"],
      change: [
        ...of("logs", "AssociateKmsKey", "CreateLogGroup", "DeleteLogGroup", "DeleteRetentionPolicy"),
        ...of("logs", "DisassociateKmsKey", "PutRetentionPolicy", "TagResource", "UntagResource"),
      ],
    },
    {
      types: ["aws_sqs_queue", "aws_sqs_queue_policy"],
      on: inBothRegions(environment, "sqs", `vod-*-${name}`),
      read: of("sqs", "GetQueueAttributes", "GetQueueUrl", "ListQueueTags"),
      change: of("sqs", "CreateQueue", "DeleteQueue", "SetQueueAttributes", "TagQueue", "UntagQueue"),
    },
    {
      types: ["aws_cloudwatch_event_rule", "aws_cloudwatch_event_target"],
      on: inBothRegions(environment, "events", `rule/vod-*-${name}`),
      read: of("events", "DescribeRule", "ListTagsForResource", "ListTargetsByRule"),
      change: [
        ...of("events", "DeleteRule", "DisableRule", "EnableRule", "PutRule", "PutTargets", "RemoveTargets"),
        ...of("events", "TagResource", "UntagResource"),
      ],
    },
    ...roles(environment),
  ];
}

/** A role that apply makes or fills has the boundary, so that apply cannot make one that may do more than it. */
function roles(environment: Environment): Grant[] {
  const { name, account } = environment;
  const on = [`arn:aws:iam::${account}:role/vod-*-${name}`];
  return [
    {
      types: ["aws_iam_role", "aws_iam_role_policy"],
      on,
      read: [
        ...of("iam", "GetRole", "GetRolePolicy", "ListAttachedRolePolicies", "ListInstanceProfilesForRole"),
        ...of("iam", "ListRolePolicies", "ListRoleTags"),
      ],
      change: [
        ...of("iam", "DeleteRole", "DeleteRolePolicy", "TagRole", "UntagRole", "UpdateAssumeRolePolicy"),
        ...of("iam", "UpdateRole", "UpdateRoleDescription"),
      ],
    },
    {
      types: [],
      on,
      change: of("iam", "CreateRole", "PutRolePermissionsBoundary", "PutRolePolicy"),
      when: { StringEquals: { "iam:PermissionsBoundary": boundaryArn(environment) } },
    },
    {
      types: [],
      on,
      change: ["iam:PassRole"],
      when: {
        StringEquals: {
          "iam:PassedToService": [
            "cloudfront.amazonaws.com",
            "firehose.amazonaws.com",
            "lambda.amazonaws.com",
            "mediapackage.amazonaws.com",
          ],
        },
      },
    },
  ];
}
