import type { CloudformationStack } from "@cdktf/provider-aws/lib/cloudformation-stack";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { SecretsmanagerSecretVersion } from "@cdktf/provider-aws/lib/secretsmanager-secret-version";
import { Fn } from "cdktf";
import { Construct } from "constructs";
import type { Environment } from "../../environments/environment";
import { json } from "../shared/json";
import { allow, policyDocument, serviceTrust } from "../shared/policy";
import type { StorageKey } from "../shared/storage-key";
import { typedCloudFormation } from "../shared/typed-cloudformation";
import { packagingConfigurations } from "./packaging-configurations";

export interface PackagingProps {
  readonly environment: Environment;
  /** Encrypts the secret that holds the CDN identifier. */
  readonly secretsKey: StorageKey;
  /** The identifier itself, a sensitive variable. */
  readonly cdnIdentifier: string;
}

/** MediaPackage's packaging group, locked to whoever sends the CDN identifier, and its configurations by protocol. */
export class Packaging extends Construct {
  readonly groupId: string;
  /** Ids of the packaging configurations, by which MediaPackage counts requests. */
  readonly configurationIds: readonly string[];
  private readonly stack: CloudformationStack;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: PackagingProps,
  ) {
    super(scope, id);
    const { environment } = props;
    this.groupId = `vod-${environment.name}`;
    const configurations = packagingConfigurations(environment);
    this.configurationIds = Object.values(configurations).map(({ Properties }) => (Properties as { Id: string }).Id);
    const { secret, version } = this.makeSecret();
    const { role, policy } = this.makeSecretsRole(secret);
    this.stack = typedCloudFormation(this, "packaging", {
      name: `vod-${environment.name}-packaging`,
      dependsOn: [version, policy],
      body: {
        Description: "MediaPackage packaging group and configurations",
        Resources: {
          PackagingGroup: {
            Type: "AWS::MediaPackage::PackagingGroup",
            Properties: {
              Id: this.groupId,
              Authorization: { CdnIdentifierSecret: secret.arn, SecretsRoleArn: role.arn },
            },
          },
          ...configurations,
        },
        Outputs: { DomainName: { Value: { "Fn::GetAtt": ["PackagingGroup", "DomainName"] } } },
      },
    });
  }

  /** Host of the group's egress, without the scheme that MediaPackage puts before it. */
  get domainName(): string {
    return Fn.trimprefix(this.stack.outputs.lookup("DomainName"), "https://");
  }

  private makeSecret(): { secret: SecretsmanagerSecret; version: SecretsmanagerSecretVersion } {
    const { environment, secretsKey, cdnIdentifier } = this.props;
    const secret = new SecretsmanagerSecret(this, "cdn_identifier", {
      name: `MediaPackage/vod-${environment.name}/cdn-identifier`,
      description: "Header value with which CloudFront proves itself to MediaPackage",
      kmsKeyId: secretsKey.arn,
    });
    const version = new SecretsmanagerSecretVersion(this, "cdn_identifier:value", {
      secretId: secret.id,
      secretString: json({ MediaPackageCDNIdentifier: cdnIdentifier }),
    });
    return { secret, version };
  }

  private makeSecretsRole(secret: SecretsmanagerSecret): { role: IamRole; policy: IamRolePolicy } {
    const { environment, secretsKey } = this.props;
    const role = new IamRole(this, "mediapackage_secrets", {
      name: `vod-mediapackage-secrets-${environment.name}`,
      assumeRolePolicy: serviceTrust("mediapackage.amazonaws.com"),
    });
    const policy = new IamRolePolicy(this, "mediapackage_secrets:policy", {
      name: "read-cdn-identifier",
      role: role.name,
      policy: policyDocument([
        // MediaPackage's documents add ListSecrets on the secret's ARN, where it grants nothing: it names no resource.
        // https://docs.aws.amazon.com/mediapackage/latest/ug/setting-up-create-trust-rel-policy-cdn.html
        allow(
          ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret", "secretsmanager:ListSecretVersionIds"],
          [secret.arn],
        ),
        secretsKey.through("secretsmanager", "Decrypt"),
      ]),
    });
    return { role, policy };
  }
}
