import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { AwsError, type AwsResponse } from "../../kernel/aws-service";
import { authorizePart, authorizeWrite, openUploadKey } from "./access";
import { checksumHeaders, identityHeaders, requestAttributes } from "./attributes";
import type { Blob } from "./blob-store";
import { parseRange } from "./byte-range";
import { checkWriteCondition, writeCondition } from "./conditions";
import { findBucket, header, objectArn, type S3Call, type S3Context } from "./context";
import { copySource } from "./copy-source";
import { encryptionHeaders } from "./encryption";
import { checkIntegrity, checksumNamed, requestIntegrity, type Integrity } from "./integrity";
import { checkLength } from "./object-operations";
import { createObject } from "./objects";
import { readXml } from "./read-xml";
import type { Bucket } from "./bucket";
import { chooseParts, type NamedPart } from "./choose-parts";
import type { Part } from "./upload-store";
import { children, childText, document, malformed, text } from "./xml";

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html */
const MOST_PARTS = 10_000;

const XML = { "content-type": "application/xml" };

export async function createUpload(context: S3Context, call: S3Call): Promise<AwsResponse> {
  const encryption = authorizeWrite(context, call.principal, call, { request: call.request, inParts: true });
  const id = context.random(24).toString("hex");
  findBucket(context, call.bucket).uploads.create({
    id,
    key: call.key,
    attributes: requestAttributes(call.request),
    initiated: context.clock(),
    checksum: checksumNamed(header(call.request, "x-amz-checksum-algorithm") ?? ""),
    encryption,
  });
  return {
    status: 200,
    headers: { ...XML, ...encryptionHeaders(encryption) },
    body: document(
      "InitiateMultipartUploadResult",
      text("Bucket", call.bucket),
      text("Key", call.key),
      text("UploadId", id),
    ),
  };
}

export async function uploadPart(context: S3Context, call: S3Call): Promise<AwsResponse> {
  authorizePart(context, call.principal, call);
  checkLength(call);
  const target = partOf(context, call);
  const integrity = requestIntegrity(call.request);
  const { blob } = await storePart(context, target, call.request.body, integrity);
  return { status: 200, headers: { etag: `"${blob.md5}"`, ...checksumHeaders(blob) } };
}

export async function uploadPartCopy(context: S3Context, call: S3Call): Promise<AwsResponse> {
  authorizePart(context, call.principal, call);
  const source = copySource(context, call);
  const target = partOf(context, call);
  const range = parseRange(header(call.request, "x-amz-copy-source-range"), source.version.size);
  const part = await storePart(context, target, source.read(range), {});
  return {
    status: 200,
    headers: XML,
    body: document(
      "CopyPartResult",
      text("LastModified", new Date(part.lastModified).toISOString()),
      text("ETag", `"${part.blob.md5}"`),
    ),
  };
}

interface PartTarget {
  readonly bucket: Bucket;
  readonly id: string;
  readonly key: string;
  readonly number: number;
}

function partOf(context: S3Context, call: S3Call): PartTarget {
  const { bucket: name, key, query } = call;
  const bucket = findBucket(context, name);
  const { id, encryption } = bucket.uploads.get(query.get("uploadId") ?? "", key);
  openUploadKey(context, call.principal, encryption, call);
  const number = Number(query.get("partNumber"));
  if (Number.isInteger(number) && number >= 1 && number <= MOST_PARTS) return { bucket, id, key, number };
  throw new AwsError(
    "InvalidArgument",
    `Part number must be an integer between 1 and ${MOST_PARTS}, inclusive, got ${query.get("partNumber")}`,
    400,
  );
}

async function storePart(
  context: S3Context,
  { bucket, id, key, number }: PartTarget,
  body: S3Call["request"]["body"],
  integrity: Integrity,
): Promise<Part> {
  const blob: Blob = await bucket.blobs.write(body, integrity.checksum);
  try {
    checkIntegrity(blob, integrity);
    // It may have been completed or aborted while the part came in.
    bucket.uploads.get(id, key);
    const part = { number, blob, lastModified: context.clock() };
    const previous = bucket.uploads.setPart(id, part);
    if (previous) bucket.blobs.remove(previous.blob.name);
    return part;
  } catch (error) {
    bucket.blobs.remove(blob.name);
    throw error;
  }
}

export async function completeUpload(context: S3Context, call: S3Call): Promise<AwsResponse> {
  const { request, principal } = call;
  authorizePart(context, principal, call);
  const bucket = findBucket(context, call.bucket);
  const named = namedParts(await readXml(request, "CompleteMultipartUpload"));
  const upload = bucket.uploads.get(call.query.get("uploadId") ?? "", call.key);
  openUploadKey(context, principal, upload.encryption, call);
  const parts = chooseParts(bucket.uploads.parts(upload.id), named);
  const condition = writeCondition(request);
  checkWriteCondition(condition, bucket.index.latest(call.key));
  const digests = Buffer.concat(parts.map(({ blob }) => Buffer.from(blob.md5, "hex")));
  const etag = `${createHash("md5").update(digests).digest("hex")}-${parts.length}`;
  const version = await createObject(context, bucket, call.key, Readable.from(joinedParts(bucket, parts)), {
    principal,
    reason: "CompleteMultipartUpload",
    attributes: upload.attributes,
    encryption: upload.encryption,
    condition,
    integrity: wholeIntegrity(call),
    multipart: { parts: parts.map(({ blob }) => blob.size), etag },
  });
  discard(bucket, upload.id);
  return {
    status: 200,
    headers: { ...XML, ...identityHeaders(version), ...encryptionHeaders(version.encryption) },
    body: document(
      "CompleteMultipartUploadResult",
      text("Location", `http://${header(request, "host") ?? call.bucket}${request.path}`),
      text("Bucket", call.bucket),
      text("Key", call.key),
      text("ETag", `"${version.etag}"`),
    ),
  };
}

/** Only a checksum over the whole object can be compared; one made of the parts' checksums ends in their number. */
function wholeIntegrity({ request }: S3Call): Integrity {
  const { checksum, expected } = requestIntegrity(request);
  return expected === undefined || /-\d+$/.test(expected) ? {} : { checksum, expected };
}

async function* joinedParts(bucket: Bucket, parts: readonly Part[]): AsyncGenerator<Buffer> {
  for (const { blob } of parts) yield* bucket.blobs.read(blob.name) as AsyncIterable<Buffer>;
}

function namedParts(body: Awaited<ReturnType<typeof readXml>>): NamedPart[] {
  const parts = children(body, "Part").map((part) => ({
    number: Number(childText(part, "PartNumber")),
    etag: (childText(part, "ETag") ?? "").trim().replace(/^"|"$/g, ""),
  }));
  if (parts.length === 0 || parts.some(({ number }) => !Number.isInteger(number))) throw malformed();
  return parts;
}

export async function abortUpload(context: S3Context, call: S3Call): Promise<AwsResponse> {
  context.authorize(call.principal, "s3:AbortMultipartUpload", objectArn(call.bucket, call.key));
  const bucket = findBucket(context, call.bucket);
  discard(bucket, bucket.uploads.get(call.query.get("uploadId") ?? "", call.key).id);
  return { status: 204 };
}

function discard(bucket: Bucket, id: string): void {
  const parts = bucket.uploads.parts(id);
  bucket.uploads.remove(id);
  for (const { blob } of parts) bucket.blobs.remove(blob.name);
}
