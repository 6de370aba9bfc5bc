import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { KinesisFirehoseDeliveryStream } from "@cdktf/provider-aws/lib/kinesis-firehose-delivery-stream";
import { Construct } from "constructs";
import type { Environment } from "../../environments/environment";
import { BEACONS_ROUTE, type ReceiveBeaconsEnv } from "../../handlers/receive-beacons/contract";
import { BEACON_FOLDER } from "../../handlers/shared/beacon-record";
import type { PlaybackApi } from "../entitle/playback-api";
import { type FunctionContext, HandlerFunction } from "../shared/handler-function";
import { allow, policyDocument, serviceTrust } from "../shared/policy";
import type { LogBucket } from "./log-bucket";

export interface BeaconsProps {
  readonly context: FunctionContext;
  readonly api: PlaybackApi;
  readonly originSecret: string;
  readonly bucket: LogBucket;
}

/** A file is written when one of the two is reached; between them lies what a file of few viewers costs. */
const BUFFER_SECONDS = 300;
const BUFFER_MEBIBYTES = 64;

/** What players measure, through the API and a stream into the log bucket, by the hour. */
export class Beacons extends Construct {
  constructor(scope: Construct, id: string, { context, api, originSecret, bucket }: BeaconsProps) {
    super(scope, id);
    const { environment, key } = context;
    const role = this.makeRole(environment, bucket);
    const stream = new KinesisFirehoseDeliveryStream(this, "beacons", {
      name: beaconStreamName(environment),
      destination: "extended_s3",
      // By a grant on the key, which Firehose makes when the stream is; whoever writes needs no key.
      serverSideEncryption: { enabled: true, keyType: "CUSTOMER_MANAGED_CMK", keyArn: key.arn },
      extendedS3Configuration: {
        roleArn: role.roleArn,
        bucketArn: bucket.logs.arn,
        // https://docs.aws.amazon.com/firehose/latest/dev/s3-prefixes.html
        prefix: `${BEACON_FOLDER}/!{timestamp:yyyy/MM/dd/HH}/`,
        errorOutputPrefix: `${BEACON_FOLDER}/errors/!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd/HH}/`,
        bufferingInterval: BUFFER_SECONDS,
        bufferingSize: BUFFER_MEBIBYTES,
        compressionFormat: "GZIP",
        kmsKeyArn: bucket.key.arn,
      },
      dependsOn: [role.policy],
    });
    const handler = new HandlerFunction<ReceiveBeaconsEnv>(this, "receive-beacons", {
      context,
      invokedBy: "requests",
      timeoutSeconds: 8,
      variables: {
        STREAM_NAME: stream.name,
        SAMPLE_SHARE: String(environment.operate.beacons.sampleShare),
        API_ORIGIN_SECRET: originSecret,
      },
      statements: [allow(["firehose:PutRecordBatch"], [stream.arn])],
    });
    api.serve("receive_beacons", BEACONS_ROUTE, handler);
  }

  /** https://docs.aws.amazon.com/firehose/latest/dev/controlling-access.html#using-iam-s3, for the one folder. */
  private makeRole(environment: Environment, bucket: LogBucket): { roleArn: string; policy: IamRolePolicy } {
    const role = new IamRole(this, "beacons:role", {
      name: beaconStreamName(environment),
      assumeRolePolicy: serviceTrust("firehose.amazonaws.com", environment.account),
    });
    const folder = `${bucket.logs.arn}/${BEACON_FOLDER}/*`;
    const policy = new IamRolePolicy(this, "beacons:policy", {
      name: "deliver",
      role: role.name,
      policy: policyDocument([
        allow(["s3:PutObject", "s3:AbortMultipartUpload", "s3:GetObject"], [folder]),
        allow(["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"], [bucket.logs.arn]),
        bucket.key.through("s3", "GenerateDataKey", "Decrypt"),
      ]),
    });
    return { roleArn: role.arn, policy };
  }
}

/** Known before the stream is there, for what watches it. */
export function beaconStreamName({ name }: Environment): string {
  return `vod-beacons-${name}`;
}
