import type { Readable } from "node:stream";
import { AwsError } from "../../kernel/aws-service";
import type { ByteRange } from "./blob-store";
import type { Bucket } from "./bucket";
import { checkSourceConditions } from "./conditions";
import { findBucket, header, objectArn, type S3Call, type S3Context } from "./context";
import { findObject } from "./objects";
import { decode } from "./parse-call";
import type { ObjectVersion } from "./version";

export interface CopySource {
  readonly bucket: Bucket;
  readonly key: string;
  readonly version: ObjectVersion;
  /** Opens the source's bytes, all or a range of them. */
  read(range?: ByteRange): Readable;
}

/** Finds what `x-amz-copy-source` names, authorised as a read of it and under its conditions. */
export function copySource(context: S3Context, { request, principal }: S3Call): CopySource {
  const { bucketName, key, versionId } = parse(header(request, "x-amz-copy-source") ?? "");
  const action = versionId === undefined ? "s3:GetObject" : "s3:GetObjectVersion";
  context.authorize(principal, action, objectArn(bucketName, key));
  const bucket = findBucket(context, bucketName);
  const version = findObject(bucket, key, versionId);
  checkSourceConditions(version, {
    match: header(request, "x-amz-copy-source-if-match"),
    noneMatch: header(request, "x-amz-copy-source-if-none-match"),
    modifiedSince: header(request, "x-amz-copy-source-if-modified-since"),
    unmodifiedSince: header(request, "x-amz-copy-source-if-unmodified-since"),
  });
  return { bucket, key, version, read: (range) => bucket.blobs.read(version.blob, range) };
}

function parse(source: string): { bucketName: string; key: string; versionId?: string } {
  const [, path = "", versionId] = /^(.*?)(?:\?versionId=([^&]+))?$/.exec(source) ?? [];
  const [bucketName = "", ...key] = decode(path).replace(/^\//, "").split("/");
  if (bucketName !== "" && key.join("/") !== "") return { bucketName, key: key.join("/"), versionId };
  throw new AwsError(
    "InvalidArgument",
    `Copy Source must mention the source bucket and key: bucket/key, got ${source}`,
    400,
  );
}
