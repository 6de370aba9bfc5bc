import type { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { Construct } from "constructs";
import type { Environment } from "../../environments/environment";
import { BEACON_FOLDER } from "../../handlers/shared/beacon-record";
import type { Statement } from "../shared/policy";
import { PrivateBucket } from "../shared/private-bucket";
import { StorageKey } from "../shared/storage-key";

/** Folders of logs, each of one kind. */
export type LogFolder = "edge" | "edge-now" | typeof BEACON_FOLDER | "trail";

/** Where answers to questions about the logs are kept, a month at most. */
const ANSWERS = "answers";
const ANSWERS_DAYS = 30;

/** Logs that must outlive whoever would rather they did not: locked, encrypted, and gone after their time. */
export class LogBucket extends Construct {
  readonly logs: PrivateBucket;
  readonly key: StorageKey;
  /** Allows what delivers logs; a service checks it when it is set up. */
  readonly policy: S3BucketPolicy;

  constructor(
    scope: Construct,
    id: string,
    private readonly environment: Environment,
  ) {
    super(scope, id);
    const { keepLogsDays, lockLogsDays, realtimeLogsPercent } = environment.operate;
    this.key = new StorageKey(this, "logs", { environment, description: "Logs of the edge and of the account" });
    this.logs = new PrivateBucket(this, "logs", {
      environment,
      key: this.key,
      noncurrentDays: 1, // what expires becomes noncurrent, and is kept by its lock for as long as that runs
      lockDays: lockLogsDays,
      lifecycle: [
        { id: "expire-edge", prefix: "edge/", days: keepLogsDays },
        ...(realtimeLogsPercent === undefined
          ? []
          : [{ id: "expire-edge-now", prefix: "edge-now/", days: keepLogsDays }]),
        { id: "expire-beacons", prefix: `${BEACON_FOLDER}/`, days: keepLogsDays },
        { id: "expire-trail", prefix: "trail/", days: keepLogsDays },
        { id: "expire-answers", prefix: `${ANSWERS}/`, days: ANSWERS_DAYS },
      ].map(({ id, prefix, days }) => ({ id, status: "Enabled", filter: [{ prefix }], expiration: [{ days }] })),
    });
    this.policy = this.logs.admit([...this.edgeDelivers(), ...this.trailDelivers()]);
    this.key.admit(this.keyUsers());
  }

  /** Folder of the edge's access logs. */
  get edgeFolder(): string {
    return `${this.logs.arn}/edge`;
  }

  /** `s3://` address of a folder. */
  address(folder: LogFolder | typeof ANSWERS): string {
    return `s3://${this.logs.bucketName}/${folder}/`;
  }

  /** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-V2-S3.html */
  private edgeDelivers(): Statement[] {
    return [
      {
        Sid: "EdgeLogsAreDelivered",
        Effect: "Allow",
        Action: "s3:PutObject",
        Resource: `${this.edgeFolder}/*`,
        Principal: { Service: "delivery.logs.amazonaws.com" },
        Condition: {
          StringEquals: { "s3:x-amz-acl": "bucket-owner-full-control", "aws:SourceAccount": this.environment.account },
          ArnLike: { "aws:SourceArn": this.deliverySource() },
        },
      },
    ];
  }

  /** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html */
  private trailDelivers(): Statement[] {
    const trail = { StringEquals: { "aws:SourceArn": trailArn(this.environment) } };
    const principal = { Effect: "Allow", Principal: { Service: "cloudtrail.amazonaws.com" } } as const;
    return [
      { Sid: "TrailLooks", ...principal, Action: "s3:GetBucketAcl", Resource: this.logs.arn, Condition: trail },
      {
        Sid: "TrailIsDelivered",
        ...principal,
        Action: "s3:PutObject",
        Resource: `${this.logs.arn}/trail/AWSLogs/${this.environment.account}/*`,
        Condition: { StringEquals: { ...trail.StringEquals, "s3:x-amz-acl": "bucket-owner-full-control" } },
      },
    ];
  }

  private keyUsers(): Statement[] {
    const { account } = this.environment;
    return [
      {
        Sid: "EdgeLogsAreEncrypted",
        Effect: "Allow",
        Action: ["kms:GenerateDataKey*", "kms:Decrypt"],
        Resource: "*",
        Principal: { Service: "delivery.logs.amazonaws.com" },
        Condition: {
          StringEquals: { "aws:SourceAccount": account },
          ArnLike: { "aws:SourceArn": this.deliverySource() },
        },
      },
      {
        // https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html
        Sid: "TrailIsEncrypted",
        Effect: "Allow",
        Action: "kms:GenerateDataKey*",
        Resource: "*",
        Principal: { Service: "cloudtrail.amazonaws.com" },
        Condition: {
          StringEquals: { "aws:SourceArn": trailArn(this.environment) },
          StringLike: { "kms:EncryptionContext:aws:cloudtrail:arn": `arn:aws:cloudtrail:*:${account}:trail/*` },
        },
      },
      {
        Sid: "TrailLooks",
        Effect: "Allow",
        Action: "kms:DescribeKey",
        Resource: "*",
        Principal: { Service: "cloudtrail.amazonaws.com" },
        Condition: { StringEquals: { "aws:SourceArn": trailArn(this.environment) } },
      },
    ];
  }

  /** CloudFront's deliveries are made in us-east-1. */
  private deliverySource(): string {
    return `arn:aws:logs:us-east-1:${this.environment.account}:delivery-source:${edgeLogsName(this.environment)}`;
  }
}

/** Of the edge's access logs, at their source and at their destination. */
export function edgeLogsName({ name }: Environment): string {
  return `vod-edge-${name}`;
}

export function trailName({ name }: Environment): string {
  return `vod-${name}`;
}

function trailArn(environment: Environment): string {
  return `arn:aws:cloudtrail:${environment.region}:${environment.account}:trail/${trailName(environment)}`;
}
