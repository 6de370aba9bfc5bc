import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DynamoDBClient, UpdateTableCommand } from "@aws-sdk/client-dynamodb";
import { DeleteObjectsCommand, ListObjectVersionsCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { PutSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { AwsClientSettings } from "../../local/kernel/aws-client";
import type { Release } from "../../stacks/shared/release";

/** What people do to an account besides applying: docs/going-to-aws.md says each of it as a command. */
export class AccountChores {
  private readonly s3: S3Client;
  private readonly secrets: SecretsManagerClient;
  private readonly tables: DynamoDBClient;

  constructor(aws: AwsClientSettings) {
    this.s3 = new S3Client({ ...aws, forcePathStyle: true });
    this.secrets = new SecretsManagerClient(aws);
    this.tables = new DynamoDBClient(aws);
  }

  /** Uploads what the build made, by its content. */
  async uploadArtifacts(bucket: string, dist: string, { lambda, player }: Release): Promise<void> {
    const put = (key: string, file: string) =>
      this.s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: readFileSync(join(dist, file)) }));
    for (const [handler, { file, sha256 }] of Object.entries(lambda)) {
      await put(`lambda/${handler}/${sha256}.zip`, join("lambda", file));
    }
    for (const [path, { sha256 }] of Object.entries(player))
      await put(`player/${sha256}/${path}`, join("player", path));
  }

  async putSecret(name: string, value: string): Promise<void> {
    await this.secrets.send(new PutSecretValueCommand({ SecretId: name, SecretString: value }));
  }

  async liftDeletionProtection(table: string): Promise<void> {
    await this.tables.send(new UpdateTableCommand({ TableName: table, DeletionProtectionEnabled: false }));
  }

  /** What whoever delivers logs does. */
  async putLog(bucket: string, key: string): Promise<void> {
    await this.s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: "{}" }));
  }

  /** Deletes every version of every object; those that are locked, only where governance is bypassed. */
  async empty(bucket: string, { bypass = false } = {}): Promise<void> {
    for (;;) {
      const { Versions = [], DeleteMarkers = [] } = await this.s3.send(
        new ListObjectVersionsCommand({ Bucket: bucket }),
      );
      const Objects = [...Versions, ...DeleteMarkers].map(({ Key, VersionId }) => ({ Key, VersionId }));
      if (Objects.length === 0) return;
      const { Errors = [] } = await this.s3.send(
        new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects }, BypassGovernanceRetention: bypass }),
      );
      const [refused] = Errors;
      if (refused) throw new Error(`${bucket}/${refused.Key} cannot be deleted: ${refused.Code}`);
    }
  }

  close(): void {
    for (const client of [this.s3, this.secrets, this.tables]) client.destroy();
  }
}
