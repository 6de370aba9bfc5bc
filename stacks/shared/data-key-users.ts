import type { Environment } from "../../environments/environment";
import type { Statement } from "./policy";

/** The services that use the data key on their own behalf; whoever acts through a role is admitted by IAM. */
export function dataKeyUsers({ name, account, region }: Environment): Statement[] {
  return [
    {
      Sid: "LogsAreEncrypted",
      Effect: "Allow",
      Action: ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*"],
      Resource: "*",
      Principal: { Service: `logs.${region}.amazonaws.com` },
      // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html, without its kms:Describe*:
      // a request to describe has no encryption context, so under this condition it is never allowed anyway.
      Condition: {
        ArnLike: {
          "kms:EncryptionContext:aws:logs:arn": `arn:aws:logs:${region}:${account}:log-group:/aws/lambda/vod-*-${name}`,
        },
      },
    },
    ...newsUsers({ name, account }, region),
    {
      Sid: "BudgetsReachOperators",
      Effect: "Allow",
      Action: ["kms:GenerateDataKey", "kms:Decrypt"],
      Resource: "*",
      Principal: { Service: "budgets.amazonaws.com" },
      Condition: { StringEquals: { "aws:SourceAccount": account } },
    },
  ];
}

/** The services that put events into encrypted queues of a Region, and tell operators by encrypted topics. */
export function newsUsers({ name, account }: Pick<Environment, "name" | "account">, region: string): Statement[] {
  return [
    {
      Sid: "EventBridgeParksEvents",
      Effect: "Allow",
      Action: ["kms:GenerateDataKey", "kms:Decrypt"],
      Resource: "*",
      Principal: { Service: "events.amazonaws.com" },
      Condition: { ArnLike: { "aws:SourceArn": `arn:aws:events:${region}:${account}:rule/vod-*-${name}` } },
    },
    {
      Sid: "AlarmsReachOperators",
      Effect: "Allow",
      Action: ["kms:GenerateDataKey", "kms:Decrypt"],
      Resource: "*",
      Principal: { Service: "cloudwatch.amazonaws.com" },
      Condition: { StringEquals: { "aws:SourceAccount": account } },
    },
  ];
}
