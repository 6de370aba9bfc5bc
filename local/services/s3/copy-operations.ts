import { AwsError, type AwsResponse } from "../../kernel/aws-service";
import { authorizeWrite } from "./access";
import { requestAttributes } from "./attributes";
import { writeCondition } from "./conditions";
import { findBucket, header, type S3Call, type S3Context } from "./context";
import { copySource } from "./copy-source";
import { encryptionHeaders } from "./encryption";
import { checksumNamed } from "./integrity";
import { createObject } from "./objects";
import { document, text } from "./xml";

export async function copyObject(context: S3Context, call: S3Call): Promise<AwsResponse> {
  const { request, principal } = call;
  const source = copySource(context, call);
  const encryption = authorizeWrite(context, principal, call, { request });
  const bucket = findBucket(context, call.bucket);
  const replace = header(request, "x-amz-metadata-directive")?.toUpperCase() === "REPLACE";
  if (
    !replace &&
    source.bucket === bucket &&
    source.key === call.key &&
    source.version === bucket.index.latest(call.key)
  ) {
    throw new AwsError(
      "InvalidRequest",
      "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
      400,
    );
  }
  const version = await createObject(context, bucket, call.key, source.read(), {
    principal,
    reason: "CopyObject",
    attributes: replace ? requestAttributes(request) : source.version,
    encryption,
    condition: writeCondition(request),
    integrity: {
      checksum: checksumNamed(header(request, "x-amz-checksum-algorithm") ?? "") ?? source.version.checksum?.name,
    },
  });
  return {
    status: 200,
    headers: {
      "content-type": "application/xml",
      ...encryptionHeaders(encryption),
      ...(version.versionId === "null" ? {} : { "x-amz-version-id": version.versionId }),
      ...(source.version.versionId === "null" ? {} : { "x-amz-copy-source-version-id": source.version.versionId }),
    },
    body: document(
      "CopyObjectResult",
      text("LastModified", new Date(version.lastModified).toISOString()),
      text("ETag", `"${version.etag}"`),
    ),
  };
}
