import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { CloudwatchLogResourcePolicy } from "@cdktf/provider-aws/lib/cloudwatch-log-resource-policy";
import type { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import type { Wafv2WebAcl } from "@cdktf/provider-aws/lib/wafv2-web-acl";
import { Wafv2WebAclLoggingConfiguration } from "@cdktf/provider-aws/lib/wafv2-web-acl-logging-configuration";
import { Construct } from "constructs";
import type { Environment } from "../../environments/environment";
import { policyDocument } from "../shared/policy";
import { StorageKey } from "../shared/storage-key";

/** Beside the firewall, whatever the environment's Region. */
const REGION = "us-east-1";

export interface FirewallLogProps {
  readonly environment: Environment;
  readonly provider: AwsProvider;
  readonly firewall: Wafv2WebAcl;
}

/**
 * What the firewall blocked or counted, encrypted, without what would let a reader pass as the viewer. Requests that no
 * rule touched are left out: they are nearly all, and each would be paid for.
 */
export class FirewallLog extends Construct {
  constructor(scope: Construct, id: string, { environment, provider, firewall }: FirewallLogProps) {
    super(scope, id);
    const { name, account } = environment;
    // WAF takes log groups of this prefix only:
    // https://docs.aws.amazon.com/waf/latest/developerguide/logging-cw-logs.html
    const groupName = `aws-waf-logs-vod-${name}`;
    const groupArn = `arn:aws:logs:${REGION}:${account}:log-group:${groupName}`;
    const key = new StorageKey(this, "firewall", { environment, provider, description: "The firewall's log" });
    key.admit([
      {
        Sid: "LogsAreEncrypted",
        Effect: "Allow",
        Action: ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*"],
        Resource: "*",
        Principal: { Service: `logs.${REGION}.amazonaws.com` },
        Condition: { ArnEquals: { "kms:EncryptionContext:aws:logs:arn": groupArn } },
      },
    ]);
    const group = new CloudwatchLogGroup(this, "firewall:logs", {
      provider,
      name: groupName,
      retentionInDays: 90,
      kmsKeyId: key.arn,
      dependsOn: key.policy,
    });
    // Of its own: the one that WAF would write is shared by all firewalls of the account, and can grow too long.
    const delivery = new CloudwatchLogResourcePolicy(this, "firewall:delivery", {
      provider,
      policyName: groupName,
      policyDocument: policyDocument([
        {
          Effect: "Allow",
          Principal: { Service: "delivery.logs.amazonaws.com" },
          Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
          Resource: `${group.arn}:*`,
          Condition: {
            StringEquals: { "aws:SourceAccount": account },
            ArnLike: { "aws:SourceArn": `arn:aws:logs:${REGION}:${account}:*` },
          },
        },
      ]),
    });
    new Wafv2WebAclLoggingConfiguration(this, "edge:logging", {
      provider,
      resourceArn: firewall.arn,
      logDestinationConfigs: [group.arn],
      // The query as well: a signed address is good for whoever reads it.
      redactedFields: [
        { singleHeader: { name: "authorization" } },
        { singleHeader: { name: "cookie" } },
        { queryString: {} },
      ],
      loggingFilter: {
        defaultBehavior: "DROP",
        filter: [
          {
            behavior: "KEEP",
            requirement: "MEETS_ANY",
            condition: ["BLOCK", "COUNT", "EXCLUDED_AS_COUNT"].map((action) => ({ actionCondition: { action } })),
          },
        ],
      },
      dependsOn: [delivery],
    });
  }
}
