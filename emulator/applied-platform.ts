import { GetObjectCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { AwsClientSettings } from "../local/kernel/aws-client";
import type { Principal } from "../local/kernel/aws-service";
import type { ObjectStore } from "../local/kernel/object-store";
import { type MachineOptions, type Platform, startInstallation } from "../local/platform";
import { artifactsBucket } from "../local/provision";
import type { Services } from "../local/services/services";
import type { Deployment } from "../local/terraform/deployment";

export interface AppliedOptions extends MachineOptions {
  /** The account that Terraform applied to: artifacts, page and keys are fetched from it. */
  readonly account: AwsClientSettings;
  /** What stands there, as read back from it. */
  readonly deployment: Deployment;
  /** What its bootstrap left there: the boundary of every role is in it. */
  readonly bootstrap: Deployment;
  readonly viewerPassword: string;
}

/**
 * The local platform, running what an account holds after an apply: functions as configured there with the code that
 * lies in its buckets, rules, tables, queues, the distribution, and the bodies of the CloudFormation stacks.
 */
export function startApplied({
  account,
  deployment,
  bootstrap,
  viewerPassword,
  ...machine
}: AppliedOptions): Promise<Platform> {
  return startInstallation(machine, {
    account: deployment.account,
    region: deployment.region,
    viewerPassword,
    managed: new Map(bootstrap.all("aws_iam_policy").map(({ values }) => [String(values.arn), String(values.policy)])),
    deployment: () => deployment,
    furnish: (_, services, as) => fetchAll(account, deployment, services, as),
  });
}

async function fetchAll(account: AwsClientSettings, deployment: Deployment, services: Services, as: Principal) {
  const s3 = new S3Client({ ...account, forcePathStyle: true });
  const secrets = new SecretsManagerClient(account);
  try {
    for (const bucket of [artifactsBucket(deployment), ...namesOf(deployment, "aws_s3_bucket", "bucket")]) {
      await copyBucket(s3, bucket, services.store, as);
    }
    for (const SecretId of namesOf(deployment, "aws_secretsmanager_secret", "name")) {
      const { SecretString } = await secrets.send(new GetSecretValueCommand({ SecretId }));
      if (SecretString !== undefined) await services.secrets.put(as, SecretId, SecretString);
    }
  } finally {
    s3.destroy();
    secrets.destroy();
  }
}

async function copyBucket(s3: S3Client, bucket: string, store: ObjectStore, as: Principal): Promise<void> {
  const { Contents = [], IsTruncated } = await s3.send(new ListObjectsV2Command({ Bucket: bucket }));
  if (IsTruncated) throw new Error(`${bucket} holds more than a fresh apply puts there: ${Contents.length} and more`);
  for (const { Key = "" } of Contents) {
    const { Body, ContentType, CacheControl } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key }));
    const bytes = Buffer.from((await Body?.transformToByteArray()) ?? []);
    await store.put(as, bucket, Key, bytes, { contentType: ContentType, cacheControl: CacheControl });
  }
}

function namesOf(deployment: Deployment, type: string, attribute: string): string[] {
  return deployment.all(type).map(({ values }) => String(values[attribute]));
}
