import { Cloudtrail } from "@cdktf/provider-aws/lib/cloudtrail";
import { Construct } from "constructs";
import type { Environment } from "../../environments/environment";
import { type LogBucket, trailName } from "./log-bucket";

/** Who changed what in the account, in every Region; alerts are made of it too. */
export class Trail extends Construct {
  constructor(scope: Construct, id: string, environment: Environment, bucket: LogBucket) {
    super(scope, id);
    new Cloudtrail(this, "account", {
      name: trailName(environment),
      s3BucketName: bucket.logs.bucketName,
      s3KeyPrefix: "trail",
      isMultiRegionTrail: true,
      includeGlobalServiceEvents: true,
      enableLogFileValidation: true,
      kmsKeyId: bucket.key.arn,
      dependsOn: [bucket.policy, ...bucket.key.policy],
    });
  }
}
