import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { Aspects } from "cdktf";
import { Construct, type IConstruct } from "constructs";
import type { Environment } from "../../environments/environment";
import { BEACON_FOLDER } from "../../handlers/shared/beacon-record";
import { allow, policyDocument, type Statement } from "../shared/policy";
import { bucketName } from "../shared/private-bucket";
import { of } from "./access/grant";

/**
 * The most that any role of the workload may ever do, whatever its policies say. Apply may only make roles that have
 * it, so that a plan cannot turn into an administrator. A handler that needs more needs an administrator's bootstrap.
 */
export class Boundary extends Construct {
  constructor(scope: Construct, id: string, environment: Environment) {
    super(scope, id);
    new IamPolicy(this, "boundary", {
      name: boundaryName(environment),
      description: "The most that a role of the workload may do",
      policy: policyDocument(boundaryStatements(environment)),
    });
  }
}

/** Gives every role below a construct the boundary. */
export function withBoundary(stack: Construct, environment: Environment): void {
  Aspects.of(stack).add({
    visit(node: IConstruct): void {
      if (node instanceof IamRole) node.permissionsBoundary = boundaryArn(environment);
    },
  });
}

export function boundaryArn(environment: Environment): string {
  return `arn:aws:iam::${environment.account}:policy/${boundaryName(environment)}`;
}

function boundaryName({ name }: Environment): string {
  return `vod-boundary-${name}`;
}

function boundaryStatements(environment: Environment): Statement[] {
  const { name, account, region } = environment;
  const arn = (service: string, resource: string): string => `arn:aws:${service}:${region}:${account}:${resource}`;
  const buckets = ["source", "packaged"].map((bucket) => `arn:aws:s3:::${bucketName(environment, bucket)}`);
  const logBucket = `arn:aws:s3:::${bucketName(environment, "logs")}`;
  return [
    allow(of("logs", "CreateLogStream", "PutLogEvents"), [arn("logs", `log-group:/aws/lambda/vod-*-${name}:*`)]),
    allow(["sqs:SendMessage"], [arn("sqs", `vod-*-${name}`)]),
    allow(of("kms", "Decrypt", "GenerateDataKey"), [arn("kms", "key/*")], {
      StringLike: { "kms:ViaService": `*.${region}.amazonaws.com` },
      StringEquals: { "aws:ResourceTag/env": name },
    }),
    allow(
      [
        ...of("dynamodb", "BatchGetItem", "ConditionCheckItem", "DeleteItem", "GetItem", "PutItem", "Query"),
        "dynamodb:UpdateItem",
      ],
      [arn("dynamodb", `table/vod-*-${name}`), arn("dynamodb", `table/vod-*-${name}/index/*`)],
    ),
    allow(of("s3", "GetBucketLocation", "GetBucketRequestPayment", "ListBucket", "ListBucketMultipartUploads"), [
      ...buckets,
      logBucket,
    ]),
    allow(of("s3", "AbortMultipartUpload", "GetObject", "ListMultipartUploadParts", "PutObject"), [
      ...buckets.map((bucket) => `${bucket}/*`),
      `${logBucket}/${BEACON_FOLDER}/*`,
      `${logBucket}/edge-now/*`,
    ]),
    allow(
      [
        ...of("kinesis", "DescribeStream", "DescribeStreamSummary", "GetRecords", "GetShardIterator", "ListShards"),
        ...of("kinesis", "PutRecord", "PutRecords"),
      ],
      [arn("kinesis", `stream/vod-*-${name}`)],
    ),
    allow(["firehose:PutRecordBatch"], [arn("firehose", `deliverystream/vod-*-${name}`)]),
    allow(of("secretsmanager", "DescribeSecret", "GetSecretValue", "ListSecretVersionIds"), [
      arn("secretsmanager", `secret:vod/${name}/*`),
      arn("secretsmanager", `secret:MediaPackage/vod-${name}/*`),
    ]),
    allow(of("mediaconvert", "CreateJob", "GetJob", "GetJobTemplate", "GetQueue", "ListJobs", "TagResource"), [
      arn("mediaconvert", `queues/vod-${name}`),
      arn("mediaconvert", `jobTemplates/vod-${name}-*`),
      arn("mediaconvert", "jobs/*"),
    ]),
    allow(["mediapackage-vod:CreateAsset", "mediaconvert:Probe"], ["*"]),
    allow(of("xray", "PutTelemetryRecords", "PutTraceSegments"), ["*"]),
    allow(of("mediapackage-vod", "DescribeAsset", "TagResource"), [arn("mediapackage-vod", "assets/*")]),
    allow(["iam:PassRole"], [`arn:aws:iam::${account}:role/vod-*-${name}`], {
      StringEquals: {
        "iam:PassedToService": [
          "mediaconvert.amazonaws.com",
          "mediapackage-vod.amazonaws.com",
          "mediapackage.amazonaws.com",
        ],
      },
    }),
  ];
}
