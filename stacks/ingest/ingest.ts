import { S3BucketNotification } from "@cdktf/provider-aws/lib/s3-bucket-notification";
import { Construct } from "constructs";
import type { Environment } from "../../environments/environment";
import { CAPTION_SUFFIX, VIDEO_SUFFIXES } from "../../handlers/shared/media-files";
import { EventRoute } from "../shared/event-route";
import type { HandlerFunction } from "../shared/handler-function";
import { PrivateBucket } from "../shared/private-bucket";
import { StorageKey } from "../shared/storage-key";

/** Ingest: the private bucket that mezzanines land in, and the events that say so. */
export class Ingest extends Construct {
  readonly source: PrivateBucket;
  readonly key: StorageKey;

  constructor(
    scope: Construct,
    id: string,
    private readonly environment: Environment,
  ) {
    super(scope, id);
    this.key = new StorageKey(this, "source", { environment, description: "Mezzanines" });
    this.key.admit([]);
    this.source = new PrivateBucket(this, "source", {
      environment,
      key: this.key,
      lifecycle: [
        {
          id: "cold-masters",
          status: "Enabled",
          filter: [{ prefix: environment.ingest.uploadPrefix }],
          // Instant Retrieval, since MediaConvert must be able to read a master at once for a rebuild.
          transition: [{ days: environment.ingest.coldAfterDays, storageClass: "GLACIER_IR" }],
        },
      ],
    });
    this.source.admit();
    new S3BucketNotification(this, "source_events", { bucket: this.source.bucket.id, eventbridge: true });
  }

  /**
   * Sends every mezzanine and every side-car to a handler. The rules ask for suffixes, in any letter case; a field cannot
   * be asked for prefix and suffix at once save by wildcards, which know their case and whose number EventBridge limits,
   * so the handler sees to the upload prefix.
   */
  deliverTo<Env extends Record<string, string>>(handler: HandlerFunction<Env>): void {
    this.route("mezzanine_uploaded", "A mezzanine landed: prepare it", VIDEO_SUFFIXES, handler);
    this.route("sidecar_uploaded", "Captions landed beside a mezzanine: prepare it again", [CAPTION_SUFFIX], handler);
  }

  private route<Env extends Record<string, string>>(
    name: string,
    description: string,
    suffixes: readonly string[],
    to: HandlerFunction<Env>,
  ): void {
    new EventRoute(this, name, {
      environment: this.environment,
      description,
      on: {
        pattern: {
          source: ["aws.s3"],
          "detail-type": ["Object Created"],
          detail: { bucket: { name: [this.source.bucketName] }, object: { key: suffixes.map(endsWith) } },
        },
      },
      to,
    });
  }
}

function endsWith(suffix: string): { suffix: { "equals-ignore-case": string } } {
  return { suffix: { "equals-ignore-case": suffix } };
}
