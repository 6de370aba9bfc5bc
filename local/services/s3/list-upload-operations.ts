import type { AwsResponse } from "../../kernel/aws-service";
import { uriEncode } from "../../gateway/canonical-request";
import { bucketArn, findBucket, objectArn, type S3Call, type S3Context } from "./context";
import { compareKeys } from "./key-order";
import { document, element, optional, text } from "./xml";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListParts.html */
const PAGE = 1_000;

const XML = { "content-type": "application/xml" };

export async function listParts(context: S3Context, call: S3Call): Promise<AwsResponse> {
  context.authorize(call.principal, "s3:ListMultipartUploadParts", objectArn(call.bucket, call.key));
  const { uploads } = findBucket(context, call.bucket);
  const { id } = uploads.get(call.query.get("uploadId") ?? "", call.key);
  const after = Number(call.query.get("part-number-marker") ?? 0);
  const most = pageSize(call.query.get("max-parts"));
  const left = uploads.parts(id).filter(({ number }) => number > after);
  const shown = left.slice(0, most);
  const body = document(
    "ListPartsResult",
    text("Bucket", call.bucket),
    text("Key", call.key),
    text("UploadId", id),
    text("PartNumberMarker", after),
    text("NextPartNumberMarker", shown.at(-1)?.number ?? 0),
    text("MaxParts", most),
    text("IsTruncated", left.length > shown.length),
    ...shown.map(({ number, blob, lastModified }) =>
      element(
        "Part",
        text("PartNumber", number),
        text("LastModified", new Date(lastModified).toISOString()),
        text("ETag", `"${blob.md5}"`),
        text("Size", blob.size),
        optional(checksumField(blob.checksum?.name), blob.checksum?.value),
      ),
    ),
  );
  return { status: 200, headers: XML, body };
}

/** All uploads of a bucket in the order of their keys, in one page. */
export async function listUploads(context: S3Context, call: S3Call): Promise<AwsResponse> {
  context.authorize(call.principal, "s3:ListBucketMultipartUploads", bucketArn(call.bucket));
  const prefix = call.query.get("prefix") ?? "";
  const encoding = call.query.get("encoding-type") === "url" ? "url" : undefined;
  const encode = (value: string): string => (encoding ? value.split("/").map(uriEncode).join("/") : value);
  const uploads = findBucket(context, call.bucket)
    .uploads.list()
    .filter(({ key }) => key.startsWith(prefix))
    .sort((a, b) => compareKeys(a.key, b.key) || a.initiated - b.initiated);
  const body = document(
    "ListMultipartUploadsResult",
    text("Bucket", call.bucket),
    text("KeyMarker", ""),
    text("UploadIdMarker", ""),
    text("MaxUploads", Math.max(PAGE, uploads.length)),
    optional("EncodingType", encoding),
    text("Prefix", encode(prefix)),
    text("IsTruncated", false),
    ...uploads.map(({ id, key, initiated }) =>
      element(
        "Upload",
        text("Key", encode(key)),
        text("UploadId", id),
        text("StorageClass", "STANDARD"),
        text("Initiated", new Date(initiated).toISOString()),
      ),
    ),
  );
  return { status: 200, headers: XML, body };
}

/** `ChecksumCRC32`, `ChecksumSHA256`, ... */
function checksumField(name = ""): string {
  return `Checksum${name.toUpperCase()}`;
}

function pageSize(value: string | null): number {
  return value !== null && /^\d+$/.test(value) ? Math.min(Number(value), PAGE) : PAGE;
}
