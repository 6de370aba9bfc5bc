import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { assetIdOf } from "../../handlers/shared/asset-id";
import type { Title, Version } from "../../handlers/shared/title";
import { Journey, type Step } from "../../local/journey";
import type { ReadyReport } from "../../local/report";
import { mint, type Playback } from "../../local/viewer/viewer";

/** Somebody with the operator's key to a running platform: uploads, looks into the catalogue, and watches as a viewer. */
export class Operator {
  private readonly journey: Journey;
  private readonly s3: S3Client;

  constructor(private readonly report: ReadyReport) {
    const { endpoint, region, accessKeyId, secretAccessKey, sourceBucket, uploadPrefix } = report.aws;
    const client = { endpoint, region, credentials: { accessKeyId, secretAccessKey } };
    this.journey = new Journey({ ...client, sourceBucket, uploadPrefix, catalogueTable: "vod-catalogue-local" });
    this.s3 = new S3Client({ ...client, forcePathStyle: true });
  }

  /** Uploads a file and waits until it is published. Rejects with the catalogue's reason when it fails. */
  async publish(file: string): Promise<{ assetId: string; version: Version }> {
    const upload = await this.journey.upload(file);
    return { assetId: upload.assetId, version: await this.journey.follow(upload, () => undefined) };
  }

  /** Puts a small object under the upload prefix. */
  async put(name: string, body: string): Promise<void> {
    const { sourceBucket, uploadPrefix } = this.report.aws;
    await this.s3.send(new PutObjectCommand({ Bucket: sourceBucket, Key: uploadPrefix + name, Body: body }));
  }

  /** Waits for whatever version of a title is the newest. */
  async latest(
    assetId: string,
    until: (title: Title) => boolean,
    onStep: (step: Step) => void = () => undefined,
  ): Promise<Title> {
    for (;;) {
      const title = await this.journey.find(assetId);
      if (title && until(title)) break;
      await new Promise((wait) => setTimeout(wait, 100));
    }
    await this.journey.follow({ assetId }, onStep);
    return (await this.journey.find(assetId)) as Title;
  }

  async find(assetId: string): Promise<Title | undefined> {
    return this.journey.find(assetId);
  }

  assetIdOf(name: string): string {
    return assetIdOf(this.report.aws.sourceBucket, this.report.aws.uploadPrefix + name);
  }

  /** Address of the mint for a title. */
  playOf(assetId: string): string {
    return new URL(`/play/${assetId}`, this.report.viewer.play).href;
  }

  /** The entitled viewer's cookie and addresses for a title. */
  watch(assetId = this.report.assetId): Promise<Playback> {
    return mint(this.playOf(assetId), this.report.tokens.entitled);
  }

  close(): void {
    this.journey.close();
    this.s3.destroy();
  }
}
