import type { Environment } from "../../../environments/environment";
import { bucketName } from "../../shared/private-bucket";
import { type Grant, inBothRegions, of, tagged, tagging } from "./grant";

/** Buckets, the page's files, tables, keys and secrets; no mezzanine, no packaged media, no viewer, no signing key. */
export function storage(environment: Environment): Grant[] {
  return [...buckets(environment), ...tables(environment), ...keys(environment), ...secrets(environment)];
}

const BUCKETS = ["source", "packaged", "player", "logs"];

function buckets(environment: Environment): Grant[] {
  const arn = (name: string): string => `arn:aws:s3:::${bucketName(environment, name)}`;
  const settings = [
    "",
    "_cors_configuration",
    "_lifecycle_configuration",
    "_notification",
    "_ownership_controls",
    "_policy",
    "_versioning",
  ];
  const more = ["_public_access_block", "_server_side_encryption_configuration"];
  return [
    {
      types: [...settings, ...more].map((setting) => `aws_s3_bucket${setting}`),
      on: BUCKETS.map(arn),
      read: [
        ...of("s3", "GetAccelerateConfiguration", "GetBucketAcl", "GetBucketCORS", "GetBucketLocation"),
        ...of("s3", "GetBucketLogging", "GetBucketNotification", "GetBucketObjectLockConfiguration"),
        ...of("s3", "GetBucketOwnershipControls", "GetBucketPolicy", "GetBucketPublicAccessBlock"),
        ...of("s3", "GetBucketRequestPayment", "GetBucketTagging", "GetBucketVersioning", "GetBucketWebsite"),
        ...of("s3", "GetEncryptionConfiguration", "GetLifecycleConfiguration", "GetReplicationConfiguration"),
        ...of("s3", "ListBucket", "ListTagsForResource"),
      ],
      change: [
        ...of("s3", "CreateBucket", "DeleteBucket", "DeleteBucketPolicy", "PutBucketCORS"),
        ...of(
          "s3",
          "PutBucketNotification",
          "PutBucketOwnershipControls",
          "PutBucketPolicy",
          "PutBucketPublicAccessBlock",
          "PutBucketTagging",
        ),
        ...of("s3", "PutBucketVersioning", "PutEncryptionConfiguration", "PutLifecycleConfiguration"),
        ...of("s3", "TagResource", "UntagResource"),
      ],
    },
    {
      types: ["aws_s3_object", "aws_s3_object_copy"],
      on: [`${arn("player")}/*`],
      read: of("s3", "GetObject", "GetObjectTagging"),
      change: of("s3", "DeleteObject", "DeleteObjectVersion", "PutObject", "PutObjectTagging"),
    },
    {
      types: [],
      on: [`${arn("artifacts")}/lambda/*`, `${arn("artifacts")}/player/*`],
      change: of("s3", "GetObject", "GetObjectTagging", "GetObjectAttributes"),
    },
  ];
}

function tables({ name, account, region }: Environment): Grant[] {
  return [
    {
      types: ["aws_dynamodb_table"],
      on: [`arn:aws:dynamodb:${region}:${account}:table/vod-*-${name}`],
      read: of("dynamodb", "DescribeContinuousBackups", "DescribeTable", "DescribeTimeToLive", "ListTagsOfResource"),
      change: [
        ...of("dynamodb", "CreateTable", "DeleteTable", "TagResource", "UntagResource", "UpdateContinuousBackups"),
        ...of("dynamodb", "UpdateTable", "UpdateTimeToLive"),
      ],
    },
  ];
}

/** A key's ARN holds nothing of its name, so its tag tells whose it is. */
function keys(environment: Environment): Grant[] {
  const { name, account, region } = environment;
  const every = `arn:aws:kms:${region}:${account}:key/*`;
  const everywhere = inBothRegions(environment, "kms", "key/*");
  const through = (...services: string[]) => services.map((service) => `${service}.${region}.amazonaws.com`);
  return [
    { types: [], on: ["*"], read: ["kms:ListAliases"] },
    { types: [], on: ["*"], change: ["kms:CreateKey"], when: tagging(name) },
    {
      types: ["aws_kms_key", "aws_kms_key_policy"],
      on: everywhere,
      read: of("kms", "DescribeKey", "GetKeyPolicy", "GetKeyRotationStatus", "ListResourceTags"),
      change: [
        ...of("kms", "CreateAlias", "DeleteAlias", "EnableKeyRotation", "PutKeyPolicy", "ScheduleKeyDeletion"),
        ...of("kms", "UntagResource", "UpdateAlias", "UpdateKeyDescription"),
      ],
      when: tagged(name),
    },
    // While a key is made its tags are only in the request.
    { types: [], on: everywhere, change: ["kms:TagResource"], when: tagging(name) },
    {
      types: ["aws_kms_alias"],
      on: inBothRegions(environment, "kms", `alias/vod-${name}-*`),
      change: of("kms", "CreateAlias", "DeleteAlias", "UpdateAlias"),
    },
    {
      types: [],
      on: [every],
      change: of("kms", "Decrypt", "GenerateDataKey"),
      when: { StringEquals: { "aws:ResourceTag/env": name, "kms:ViaService": through("dynamodb", "secretsmanager") } },
    },
    {
      types: [],
      on: [every],
      change: ["kms:CreateGrant"],
      when: {
        StringEquals: { "aws:ResourceTag/env": name, "kms:ViaService": through("dynamodb", "firehose") },
        Bool: { "kms:GrantIsForAWSResource": "true" },
      },
    },
  ];
}

function secrets({ name, account, region }: Environment): Grant[] {
  const secret = (path: string): string => `arn:aws:secretsmanager:${region}:${account}:secret:${path}`;
  const identifier = secret(`MediaPackage/vod-${name}/cdn-identifier-*`);
  return [
    {
      types: ["aws_secretsmanager_secret"],
      on: [secret(`vod/${name}/signing/*`), secret(`vod/${name}/check/*`), identifier],
      read: of("secretsmanager", "DescribeSecret", "GetResourcePolicy"),
      change: [
        ...of("secretsmanager", "CreateSecret", "DeleteSecret", "RestoreSecret", "TagResource", "UntagResource"),
        ...of("secretsmanager", "UpdateSecret"),
      ],
    },
    {
      // Read back at every refresh, so both roles can read this secret's value. It stands in the state as well.
      types: ["aws_secretsmanager_secret_version"],
      on: [identifier],
      read: of("secretsmanager", "GetSecretValue"),
      change: of("secretsmanager", "PutSecretValue", "UpdateSecretVersionStage"),
    },
    {
      types: [],
      on: [`arn:aws:kms:${region}:${account}:key/*`],
      read: ["kms:Decrypt"],
      when: {
        StringEquals: {
          "aws:ResourceTag/env": name,
          "kms:ViaService": `secretsmanager.${region}.amazonaws.com`,
        },
      },
    },
  ];
}
