import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import {
  KinesisFirehoseDeliveryStream,
  type KinesisFirehoseDeliveryStreamConfig,
} from "@cdktf/provider-aws/lib/kinesis-firehose-delivery-stream";
import type { Construct } from "constructs";
import type { Environment } from "../../environments/environment";
import { allow, policyDocument, serviceTrust, type Statement } from "../shared/policy";
import type { LogBucket, LogFolder } from "./log-bucket";

export interface BucketDeliveryProps {
  readonly environment: Environment;
  readonly bucket: LogBucket;
  readonly folder: LogFolder;
  /** Name of the stream and of its role. */
  readonly name: string;
  /** A file is written when one of the two is reached. */
  readonly bufferSeconds: number;
  readonly bufferMebibytes: number;
  /** What the role may do besides writing. */
  readonly reads?: readonly Statement[];
  /** Where records come from, and how they are kept on the way. */
  readonly intake: (roleArn: string) => Partial<KinesisFirehoseDeliveryStreamConfig>;
}

/** A Firehose stream that writes compressed files by the hour into one folder of the log bucket, and its role. */
export function deliverToBucket(
  scope: Construct,
  id: string,
  { environment, bucket, folder, name, bufferSeconds, bufferMebibytes, reads = [], intake }: BucketDeliveryProps,
): KinesisFirehoseDeliveryStream {
  const role = new IamRole(scope, `${id}:role`, {
    name,
    assumeRolePolicy: serviceTrust("firehose.amazonaws.com", environment.account),
  });
  const policy = new IamRolePolicy(scope, `${id}:policy`, {
    name: "deliver",
    role: role.name,
    policy: policyDocument([...writes(bucket, folder), ...reads]),
  });
  return new KinesisFirehoseDeliveryStream(scope, id, {
    name,
    destination: "extended_s3",
    ...intake(role.arn),
    extendedS3Configuration: {
      roleArn: role.arn,
      bucketArn: bucket.logs.arn,
      // https://docs.aws.amazon.com/firehose/latest/dev/s3-prefixes.html
      prefix: `${folder}/!{timestamp:yyyy/MM/dd/HH}/`,
      errorOutputPrefix: `${folder}/errors/!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd/HH}/`,
      bufferingInterval: bufferSeconds,
      bufferingSize: bufferMebibytes,
      compressionFormat: "GZIP",
      kmsKeyArn: bucket.key.arn,
    },
    dependsOn: [policy],
  });
}

/** https://docs.aws.amazon.com/firehose/latest/dev/controlling-access.html#using-iam-s3, for the one folder. */
function writes(bucket: LogBucket, folder: LogFolder): Statement[] {
  return [
    allow(["s3:PutObject", "s3:AbortMultipartUpload", "s3:GetObject"], [`${bucket.logs.arn}/${folder}/*`]),
    allow(["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"], [bucket.logs.arn]),
    bucket.key.through("s3", "GenerateDataKey", "Decrypt"),
  ];
}
