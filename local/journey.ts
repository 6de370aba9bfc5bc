import { createReadStream, statSync } from "node:fs";
import { basename } from "node:path";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { DynamoDBDocumentClient, GetCommand } from "@aws-sdk/lib-dynamodb";
import { assetIdOf } from "../handlers/shared/asset-id";
import type { AwsClientSettings } from "./kernel/aws-client";
import type { Status, Title, Version } from "../handlers/shared/title";

/** A title that could not be prepared; the message is the catalogue's own reason. */
export class JourneyError extends Error {
  override readonly name = "JourneyError";
}

export interface Upload {
  readonly assetId: string;
  /** S3's id of what was put; the catalogue knows the version by it. Absent for a title that was there already. */
  readonly versionId?: string;
}

export interface Step {
  readonly status: Status;
  readonly version: Version;
}

/** Where a title is put and where it is looked for. */
export interface JourneySettings extends AwsClientSettings {
  readonly sourceBucket: string;
  readonly uploadPrefix: string;
  readonly catalogueTable: string;
}

const POLL_MS = 150;
/** Nothing in the catalogue and no progress of the job for so long means that something is stuck. */
const PATIENCE_MS = 10 * 60_000;

/** A title on its way from the upload to the viewer, watched from outside as an operator would: in S3 and the catalogue. */
export class Journey {
  private readonly s3: S3Client;
  private readonly catalogue: DynamoDBDocumentClient;
  private lastSign = Date.now();

  constructor(private readonly settings: JourneySettings) {
    const { endpoint, region, credentials } = settings;
    this.s3 = new S3Client({ endpoint, region, credentials, forcePathStyle: true });
    this.catalogue = DynamoDBDocumentClient.from(new DynamoDBClient({ endpoint, region, credentials }));
  }

  /** Says that something is happening, so that waiting goes on. */
  sign(): void {
    this.lastSign = Date.now();
  }

  /**
   * The title that an earlier run made of a file of this name; nothing when there is none, when it failed, or when it
   * was made in the other topology, whose addresses this one does not serve.
   */
  async resume(file: string, topology: string): Promise<Upload | undefined> {
    const assetId = assetIdOf(this.settings.sourceBucket, this.keyOf(file));
    const title = await this.find(assetId);
    const latest = title?.versions[title.latest];
    if (!latest || latest.status === "FAILED") return undefined;
    const made = latest.template?.name.includes("mediapackage") ? "mediapackage" : "direct";
    return latest.template === undefined || made === topology ? { assetId } : undefined;
  }

  /** Puts a file into the source bucket, as a producer would. */
  async upload(file: string): Promise<Upload> {
    const { sourceBucket } = this.settings;
    const key = this.keyOf(file);
    const body = { Body: createReadStream(file), ContentLength: statSync(file).size };
    const { VersionId } = await this.s3.send(new PutObjectCommand({ Bucket: sourceBucket, Key: key, ...body }));
    return { assetId: assetIdOf(sourceBucket, key), versionId: VersionId };
  }

  /** The title, if the catalogue has it. */
  async find(assetId: string): Promise<Title | undefined> {
    const { Item } = await this.catalogue.send(
      new GetCommand({ TableName: this.settings.catalogueTable, Key: { assetId }, ConsistentRead: true }),
    );
    return Item as Title | undefined;
  }

  /**
   * Follows an upload until it can be watched, reporting each status once: PUBLISHED, or READY where an editor has to
   * publish it first.
   * @throws {JourneyError} when it fails, with the catalogue's reason
   */
  async follow({ assetId, versionId }: Upload, onStep: (step: Step) => void): Promise<Version> {
    let last: Status | undefined;
    for (this.lastSign = Date.now(); Date.now() - this.lastSign < PATIENCE_MS; await pause(POLL_MS)) {
      const title = await this.find(assetId);
      const versions = Object.values(title?.versions ?? {});
      const version = versionId
        ? versions.find(({ source }) => source.versionId === versionId)
        : title?.versions[title.latest];
      if (!version) continue;
      if (version.status !== last) onStep({ status: (last = version.status), version });
      if (version.failure)
        throw new JourneyError(`${version.failure.stage}: ${version.failure.reason} (${version.failure.code})`);
      if (version.status === "PUBLISHED" || version.status === "READY") return version;
    }
    throw new JourneyError(
      `nothing has happened for ${PATIENCE_MS / 60_000} minutes; the logs are in the state directory`,
    );
  }

  /** Key under which a file is uploaded. */
  private keyOf(file: string): string {
    return `${this.settings.uploadPrefix}${basename(file)}`;
  }

  close(): void {
    this.s3.destroy();
    this.catalogue.destroy();
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
