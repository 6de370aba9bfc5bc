import type { Principal } from "../../kernel/aws-service";
import type { Bucket } from "./bucket";
import { bucketArn, type S3Context } from "./context";
import type { ObjectVersion } from "./version";

export type CreatedReason = "PutObject" | "CopyObject" | "CompleteMultipartUpload";

/**
 * Publishes `Object Created` of a bucket that sends its events to EventBridge
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html).
 */
export function publishCreated(
  context: S3Context,
  bucket: Bucket,
  key: string,
  version: ObjectVersion,
  cause: { readonly principal: Principal; readonly reason: CreatedReason },
): void {
  if (!bucket.eventbridge) return;
  const { versionId, size, etag, sequencer } = version;
  context.bus.publish({
    source: "aws.s3",
    detailType: "Object Created",
    resources: [bucketArn(bucket.name)],
    detail: {
      version: "0",
      bucket: { name: bucket.name },
      object: { key, size, etag, ...(versionId === "null" ? {} : { "version-id": versionId }), sequencer },
      "request-id": context.random(8).toString("hex").toUpperCase(),
      requester: cause.principal.kind === "service" ? cause.principal.arn : context.account,
      "source-ip-address": "127.0.0.1",
      reason: cause.reason,
    },
  });
}
