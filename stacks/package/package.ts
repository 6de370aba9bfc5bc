import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { MediaPackagev2ChannelGroup } from "@cdktf/provider-aws/lib/media-packagev2-channel-group";
import { Construct } from "constructs";
import type { ConfirmPlayableEnv } from "../../handlers/confirm-playable/contract";
import type { RegisterAssetEnv, RegisterWithMediaPackageEnv } from "../../handlers/register-asset/contract";
import { CATALOGUE } from "../../handlers/shared/tables";
import type { Catalogue } from "../shared/catalogue";
import { EventRoute } from "../shared/event-route";
import { type FunctionContext, HandlerFunction } from "../shared/handler-function";
import { allow, policyDocument, serviceTrust, type Statement } from "../shared/policy";
import type { StorageKey } from "../shared/storage-key";
import type { Transcode } from "../transcode/transcode";
import { Packaging } from "./packaging";

/** CreateAsset's own table says the first, the role trusts the second; which one AWS sends here is unverified. */
const MEDIAPACKAGE = ["mediapackage-vod.amazonaws.com", "mediapackage.amazonaws.com"];

export interface PackageProps {
  readonly context: FunctionContext;
  readonly transcode: Transcode;
  readonly catalogue: Catalogue;
  readonly secretsKey: StorageKey;
  readonly cdnIdentifier: string;
}

/**
 * Package: a finished ladder becomes playable. In topology `mediapackage` it is registered as an asset and published
 * once every configuration is playable; in `direct` MediaConvert has written the manifests already.
 */
export class Package extends Construct {
  /** The just-in-time packager; absent in topology `direct`. */
  readonly packaging?: Packaging;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: PackageProps,
  ) {
    super(scope, id);
    const { environment } = props.context;
    // Harvested live events enter the catalogue through MediaPackage v2; on-demand titles never touch it.
    new MediaPackagev2ChannelGroup(this, "vod", { name: `vod-${environment.name}` });
    if (environment.topology === "mediapackage") {
      this.packaging = new Packaging(this, "packaging-group", {
        environment,
        secretsKey: props.secretsKey,
        cdnIdentifier: props.cdnIdentifier,
      });
    }
    const register = this.packaging ? this.registerWithMediaPackage(this.packaging) : this.registerDirect();
    new EventRoute(this, "transcode_complete", {
      environment,
      description: "A ladder is complete: register it",
      on: { pattern: props.transcode.finished("COMPLETE") },
      to: register,
    });
  }

  private registerDirect(): HandlerFunction<RegisterAssetEnv> {
    return this.makeRegister({ ...this.commonVariables(), TOPOLOGY: "direct" }, []);
  }

  private registerWithMediaPackage(packaging: Packaging): HandlerFunction<RegisterAssetEnv> {
    const { account, region } = this.props.context.environment;
    const reader = this.makeReader();
    this.confirmPlayable(packaging);
    const variables: RegisterWithMediaPackageEnv = {
      ...this.commonVariables(),
      TOPOLOGY: "mediapackage",
      PACKAGING_GROUP_ID: packaging.groupId,
      PACKAGING_ROLE_ARN: reader.arn,
    };
    return this.makeRegister(variables, [
      // CreateAsset names no existing resource that a policy could narrow to.
      allow(["mediapackage-vod:CreateAsset"], ["*"]),
      allow(
        ["mediapackage-vod:DescribeAsset", "mediapackage-vod:TagResource"],
        [`arn:aws:mediapackage-vod:${region}:${account}:assets/*`],
      ),
      allow(["iam:PassRole"], [reader.arn], {
        StringEquals: { "iam:PassedToService": MEDIAPACKAGE },
      }),
    ]);
  }

  private commonVariables(): { CATALOGUE_TABLE: string; PACKAGED_BUCKET: string; PUBLISH: string } {
    const { catalogue, transcode, context } = this.props;
    return {
      CATALOGUE_TABLE: catalogue.tableName,
      PACKAGED_BUCKET: transcode.packaged.bucketName,
      PUBLISH: context.environment.publish,
    };
  }

  private makeRegister(variables: RegisterAssetEnv, statements: Statement[]): HandlerFunction<RegisterAssetEnv> {
    const { context, catalogue } = this.props;
    return new HandlerFunction<RegisterAssetEnv>(this, "register-asset", {
      context,
      invokedBy: "events",
      timeoutSeconds: 30,
      variables,
      statements: [...catalogue.items("GetItem", "UpdateItem"), ...statements],
    });
  }

  /** What MediaPackage may do: read the packaged bucket. */
  private makeReader(): IamRole {
    const { context, transcode } = this.props;
    const { environment } = context;
    const role = new IamRole(this, "mediapackage_reader", {
      name: `vod-mediapackage-reader-${environment.name}`,
      assumeRolePolicy: serviceTrust("mediapackage.amazonaws.com"),
    });
    const bucket = transcode.packaged.arn;
    new IamRolePolicy(this, "mediapackage_reader:policy", {
      name: "read-packaged",
      role: role.name,
      // https://docs.aws.amazon.com/mediapackage/latest/ug/setting-up-create-trust-rel-policy-vod.html
      policy: policyDocument([
        allow(["s3:GetObject"], [`${bucket}/ladder/*`]),
        allow(["s3:GetBucketLocation", "s3:GetBucketRequestPayment", "s3:ListBucket"], [bucket]),
        transcode.packagedKey.through("s3", "Decrypt"),
      ]),
    });
    return role;
  }

  private confirmPlayable(packaging: Packaging): void {
    const { context, catalogue } = this.props;
    const { environment } = context;
    const { account, region } = environment;
    const handler = new HandlerFunction<ConfirmPlayableEnv>(this, "confirm-playable", {
      context,
      invokedBy: "events",
      timeoutSeconds: 60,
      variables: { CATALOGUE_TABLE: catalogue.tableName, PUBLISH: environment.publish },
      statements: [
        ...catalogue.items("GetItem", "UpdateItem"),
        ...catalogue.index(CATALOGUE.packagingIndex.name),
        allow(["mediapackage-vod:DescribeAsset"], [`arn:aws:mediapackage-vod:${region}:${account}:assets/*`]),
      ],
    });
    new EventRoute(this, "asset_ingested", {
      environment,
      description: `MediaPackage says how an asset of ${packaging.groupId} fares`,
      on: {
        pattern: {
          source: ["aws.mediapackage"],
          "detail-type": ["MediaPackage Input Notification"],
          detail: { event: ["VodAssetPlayable", "IngestError"] },
        },
      },
      to: handler,
    });
    new EventRoute(this, "packaging_poll", {
      environment,
      description: "Playable events are best effort: ask about what still waits",
      on: { schedule: "rate(1 minute)" },
      to: handler,
    });
  }
}
