import type { Attributes, Instance } from "./instance";

const ofBucket: Attributes = { id: (it) => it.text("bucket") };

const object: Attributes = {
  id: (it) => `${it.text("bucket")}/${it.text("key")}`,
  arn: (it) => it.arn("s3", `${it.text("bucket")}/${it.text("key")}`, { region: "", account: "" }),
};

const secretArn = (it: Instance) => it.arn("secretsmanager", `secret:${it.named()}-${it.lower(6, "suffix")}`);

/** Buckets, tables, queues, keys and secrets. */
export const storage: Readonly<Record<string, Attributes>> = {
  aws_s3_bucket: {
    id: (it) => it.named("bucket"),
    bucket: (it) => it.named("bucket"),
    arn: (it) => it.arn("s3", it.named("bucket"), { region: "", account: "" }),
    bucket_domain_name: (it) => `${it.named("bucket")}.s3.amazonaws.com`,
    bucket_regional_domain_name: (it) => `${it.named("bucket")}.s3.${it.region}.amazonaws.com`,
    region: (it) => it.region,
  },
  aws_s3_bucket_cors_configuration: ofBucket,
  aws_s3_bucket_intelligent_tiering_configuration: { id: (it) => `${it.text("bucket")}:${it.text("name")}` },
  aws_s3_bucket_lifecycle_configuration: ofBucket,
  aws_s3_bucket_logging: ofBucket,
  aws_s3_bucket_notification: ofBucket,
  aws_s3_bucket_ownership_controls: ofBucket,
  aws_s3_bucket_policy: ofBucket,
  aws_s3_bucket_public_access_block: ofBucket,
  aws_s3_bucket_server_side_encryption_configuration: ofBucket,
  aws_s3_bucket_versioning: ofBucket,
  aws_s3_object: object,
  aws_s3_object_copy: object,

  aws_dynamodb_table: { id: (it) => it.text("name"), arn: (it) => it.arn("dynamodb", `table/${it.text("name")}`) },

  aws_sqs_queue: {
    id: queueUrl,
    url: queueUrl,
    name: (it) => it.named(),
    arn: (it) => it.arn("sqs", it.named()),
  },
  aws_sqs_queue_policy: { id: (it) => it.text("queue_url") },

  aws_kms_key: {
    id: (it) => it.uuid(),
    key_id: (it) => it.uuid(),
    arn: (it) => it.arn("kms", `key/${it.uuid()}`),
  },
  aws_kms_key_policy: { id: (it) => it.text("key_id") },
  aws_kms_alias: {
    id: (it) => it.named(),
    name: (it) => it.named(),
    arn: (it) => it.arn("kms", it.named()),
  },

  aws_secretsmanager_secret: { id: secretArn, arn: secretArn, name: (it) => it.named() },
  aws_secretsmanager_secret_policy: { id: (it) => it.text("secret_arn") },
  aws_secretsmanager_secret_version: {
    id: (it) => `${it.text("secret_id")}|${it.uuid("version")}`,
    arn: (it) => it.text("secret_id"),
    version_id: (it) => it.uuid("version"),
  },
};

function queueUrl(it: Instance): string {
  return `https://sqs.${it.region}.amazonaws.com/${it.account}/${it.named()}`;
}
