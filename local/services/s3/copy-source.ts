import type { Readable } from "node:stream";
import { AwsError } from "../../kernel/aws-service";
import { authorizeRead } from "./access";
import type { ByteRange } from "./blob-store";
import type { Bucket } from "./bucket";
import { checkSourceConditions } from "./conditions";
import { header, type S3Call, type S3Context } from "./context";
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
  const { bucket, version } = authorizeRead(context, principal, { bucket: bucketName, key, versionId });
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
