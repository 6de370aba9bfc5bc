import { AwsError, type AwsResponse } from "../../kernel/aws-service";
import { authorizeRead, authorizeWrite } from "./access";
import { checksumHeaders, identityHeaders, objectHeaders, requestAttributes } from "./attributes";
import { parseRange, partRange } from "./byte-range";
import { readOutcome, writeCondition } from "./conditions";
import { findBucket, header, objectArn, type S3Call, type S3Context } from "./context";
import { encryptionHeaders } from "./encryption";
import { requestIntegrity } from "./integrity";
import { createObject, deleteObject } from "./objects";

/** Bytes of one PutObject (https://docs.aws.amazon.com/AmazonS3/latest/userguide/upload-objects.html). */
const LARGEST_PUT = 5 * 1024 ** 3;

export async function putObject(context: S3Context, call: S3Call): Promise<AwsResponse> {
  const { request, principal } = call;
  const encryption = authorizeWrite(context, principal, call, { request });
  checkLength(call);
  const version = await createObject(context, findBucket(context, call.bucket), call.key, request.body, {
    principal,
    reason: "PutObject",
    attributes: requestAttributes(request),
    encryption,
    condition: writeCondition(request),
    integrity: requestIntegrity(request),
  });
  const headers = { ...identityHeaders(version), ...checksumHeaders(version), ...encryptionHeaders(encryption) };
  return { status: 200, headers };
}

/** S3 stores nothing whose length it was not told beforehand. */
export function checkLength({ request }: S3Call): void {
  const length = header(request, "x-amz-decoded-content-length") ?? header(request, "content-length");
  if (length === undefined) {
    throw new AwsError("MissingContentLength", "You must provide the Content-Length HTTP header.", 411);
  }
  if (Number(length) > LARGEST_PUT) {
    throw new AwsError("EntityTooLarge", `Your upload must be at most ${LARGEST_PUT} bytes, got ${length}`, 400);
  }
}

/** GetObject and HeadObject. */
export async function getObject(context: S3Context, call: S3Call): Promise<AwsResponse> {
  const { request, query } = call;
  const versionId = query.get("versionId") ?? undefined;
  const { bucket, version } = authorizeRead(context, call.principal, { bucket: call.bucket, key: call.key, versionId });
  const headers = objectHeaders(version, query);
  if (readOutcome(request, version) === "not-modified") return { status: 304, headers };

  const part = query.get("partNumber");
  const range = part === null ? parseRange(header(request, "range"), version.size) : partRange(version, part);
  const verify = range === undefined && header(request, "x-amz-checksum-mode")?.toUpperCase() === "ENABLED";
  const length = range ? range.end - range.start + 1 : version.size;
  return {
    status: range ? 206 : 200,
    headers: {
      ...headers,
      ...(verify ? checksumHeaders(version) : {}),
      ...(range ? { "content-range": `bytes ${range.start}-${range.end}/${version.size}` } : {}),
      ...(part !== null && version.parts ? { "x-amz-mp-parts-count": String(version.parts.length) } : {}),
      "content-length": String(length),
    },
    body: request.method === "HEAD" || length === 0 ? undefined : bucket.blobs.read(version.blob, range),
  };
}

export async function removeObject(context: S3Context, call: S3Call): Promise<AwsResponse> {
  const versionId = call.query.get("versionId") ?? undefined;
  const action = versionId === undefined ? "s3:DeleteObject" : "s3:DeleteObjectVersion";
  context.authorize(call.principal, action, objectArn(call.bucket, call.key));
  const deletion = deleteObject(context, findBucket(context, call.bucket), call.key, versionId);
  const shown = deletion.versionId ?? deletion.marker;
  return {
    status: 204,
    headers: {
      ...(deletion.marker === undefined ? {} : { "x-amz-delete-marker": "true" }),
      ...(shown === undefined ? {} : { "x-amz-version-id": shown }),
    },
  };
}
