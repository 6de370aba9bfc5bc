import type { Environment } from "../../environments/environment";
import { bucketName } from "../shared/private-bucket";

/** A change that operators are told of, whoever made it, save for the approved apply. */
export interface Alert {
  /** What happened, in a sentence. */
  readonly happened: string;
  readonly source: string;
  readonly eventName: readonly unknown[];
  readonly requestParameters?: Readonly<Record<string, unknown>>;
}

/** Whose changes are expected: the role that applies what was reviewed. */
const applyRole = ({ name }: Environment): string => `vod-apply-${name}`;

/** Told in the environment's Region. */
export function regionAlerts(environment: Environment): Readonly<Record<string, Alert>> {
  const { name } = environment;
  const buckets = ["source", "packaged", "player", "logs"].map((bucket) => bucketName(environment, bucket));
  return {
    "key-changes": {
      happened: "An encryption key was disabled, is to be deleted, or has another policy.",
      source: "aws.kms",
      eventName: ["DisableKey", "DisableKeyRotation", "PutKeyPolicy", "ScheduleKeyDeletion"],
    },
    "secret-changes": {
      happened: "A secret of the platform was changed or deleted.",
      source: "aws.secretsmanager",
      eventName: ["DeleteSecret", "PutResourcePolicy", "PutSecretValue", "UpdateSecret"],
      requestParameters: { secretId: [{ wildcard: `*vod/${name}/*` }, { wildcard: `*MediaPackage/vod-${name}/*` }] },
    },
    "bucket-changes": {
      happened: "The policy, public access, encryption or lock of a bucket was changed.",
      source: "aws.s3",
      eventName: [
        "DeleteBucketPolicy",
        "DeleteBucketPublicAccessBlock",
        "PutBucketEncryption",
        "PutBucketObjectLockConfiguration",
        "PutBucketPolicy",
        "PutBucketPublicAccessBlock",
      ],
      requestParameters: { bucketName: buckets },
    },
    "trail-changes": {
      happened: "A record of the account's changes was stopped or altered.",
      source: "aws.cloudtrail",
      eventName: ["DeleteTrail", "PutEventSelectors", "StopLogging", "UpdateTrail"],
    },
  };
}

/** Told in us-east-1, where IAM and CloudFront report: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html */
export function globalAlerts({ name }: Environment): Readonly<Record<string, Alert>> {
  return {
    "policy-changes": {
      happened: "A role of the platform may do something else than before.",
      source: "aws.iam",
      eventName: [
        "AttachRolePolicy",
        "DeleteRolePermissionsBoundary",
        "DeleteRolePolicy",
        "DetachRolePolicy",
        "PutRolePermissionsBoundary",
        "PutRolePolicy",
        "UpdateAssumeRolePolicy",
      ],
      requestParameters: { roleName: [{ wildcard: `vod-*-${name}` }] },
    },
    "distribution-changes": {
      happened: "A distribution, a key group, a public key or a policy of the edge was changed.",
      source: "aws.cloudfront",
      eventName: [
        { prefix: "Update" },
        { prefix: "Delete" },
        { prefix: "CreateDistribution" },
        { prefix: "CreatePublicKey" },
        { prefix: "CreateKeyGroup" },
      ],
    },
  };
}

/** The event pattern of an alert, over what CloudTrail records. */
export function alertPattern(environment: Environment, { source, eventName, requestParameters }: Alert): unknown {
  return {
    source: [source],
    "detail-type": ["AWS API Call via CloudTrail"],
    detail: {
      eventName,
      ...(requestParameters && { requestParameters }),
      errorCode: [{ exists: false }],
      // Absent for whoever has no session: users, and the account itself.
      userIdentity: {
        sessionContext: {
          sessionIssuer: { userName: [{ exists: false }, { "anything-but": [applyRole(environment)] }] },
        },
      },
    },
  };
}
