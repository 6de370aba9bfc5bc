import { AwsError, type AwsRequest } from "../../kernel/aws-service";
import { header } from "./context";
import { encryptionHeaders } from "./encryption";
import type { ObjectAttributes, ObjectVersion } from "./version";

const META = "x-amz-meta-";
/** Bytes of names and values together (https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html). */
const LARGEST_METADATA = 2_048;

/** The default of S3 for what nobody gave a type. */
export const DEFAULT_CONTENT_TYPE = "binary/octet-stream";

/** What a request says of the object it stores. */
export function requestAttributes(request: AwsRequest): ObjectAttributes {
  const encoding = (header(request, "content-encoding") ?? "")
    .split(",")
    .map((token) => token.trim())
    // The framing of the upload is not part of the object.
    .filter((token) => token !== "" && token !== "aws-chunked");
  return {
    contentType: header(request, "content-type") ?? DEFAULT_CONTENT_TYPE,
    cacheControl: header(request, "cache-control"),
    contentDisposition: header(request, "content-disposition"),
    contentEncoding: encoding.length > 0 ? encoding.join(",") : undefined,
    contentLanguage: header(request, "content-language"),
    expires: header(request, "expires"),
    metadata: metadata(request),
  };
}

/** A presigned address carries metadata in its query. */
function metadata(request: AwsRequest): Record<string, string> {
  const pairs = [...Object.entries(request.headers), ...request.query]
    .map(([name, value]) => [name.toLowerCase(), String(value)] as const)
    .filter(([name]) => name.startsWith(META))
    .map(([name, value]) => [name.slice(META.length), value] as const);
  const size = pairs.reduce((sum, [name, value]) => sum + name.length + value.length, 0);
  if (size > LARGEST_METADATA) {
    throw new AwsError(
      "MetadataTooLarge",
      `Your metadata headers exceed the maximum allowed metadata size: at most ${LARGEST_METADATA} bytes, got ${size}`,
      400,
    );
  }
  return Object.fromEntries(pairs);
}

/** Headers of an answer that shows or describes an object; `response-*` parameters take the place of stored ones. */
export function objectHeaders(version: ObjectVersion, query: URLSearchParams): Record<string, string> {
  const shown = {
    "content-type": query.get("response-content-type") ?? version.contentType,
    "cache-control": query.get("response-cache-control") ?? version.cacheControl,
    "content-disposition": query.get("response-content-disposition") ?? version.contentDisposition,
    "content-encoding": query.get("response-content-encoding") ?? version.contentEncoding,
    "content-language": query.get("response-content-language") ?? version.contentLanguage,
    expires: query.get("response-expires") ?? version.expires,
    ...Object.fromEntries(Object.entries(version.metadata).map(([name, value]) => [`${META}${name}`, value])),
  };
  return {
    ...Object.fromEntries(
      Object.entries(shown).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
    ),
    ...identityHeaders(version),
    ...encryptionHeaders(version.encryption),
    "last-modified": new Date(version.lastModified).toUTCString(),
    "accept-ranges": "bytes",
  };
}

/** Headers that say which version was written or shown. */
export function identityHeaders({
  etag,
  versionId,
}: Pick<ObjectVersion, "etag" | "versionId">): Record<string, string> {
  return { etag: `"${etag}"`, ...(versionId === "null" ? {} : { "x-amz-version-id": versionId }) };
}

export function checksumHeaders({ checksum }: Pick<ObjectVersion, "checksum">): Record<string, string> {
  if (!checksum) return {};
  return { [`x-amz-checksum-${checksum.name}`]: checksum.value, "x-amz-checksum-type": "FULL_OBJECT" };
}
