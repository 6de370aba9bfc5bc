/** An upload under way as S3 knows it. */
export interface UploadName {
  readonly key: string;
  /** S3's own id. */
  readonly s3UploadId: string;
}

/** Bytes: https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html */
const LONGEST_KEY = 1_024;

/** S3 calls its ids opaque; these are the characters that it has used, and more. */
const S3_UPLOAD_ID = /^[\w.~+/=-]{1,1024}$/;

/** One text for both, safe in a path; opaque to clients, and no secret: whoever sends it is checked again. */
export function encodeUploadId({ key, s3UploadId }: UploadName): string {
  return Buffer.from(JSON.stringify([key, s3UploadId])).toString("base64url");
}

/** Undefined for anything that `encodeUploadId` did not make. */
export function decodeUploadId(id: string): UploadName | undefined {
  const value = parsed(Buffer.from(id, "base64url").toString());
  if (!Array.isArray(value) || value.length !== 2) return undefined;
  const [key, s3UploadId] = value as unknown[];
  if (typeof key !== "string" || typeof s3UploadId !== "string") return undefined;
  return isKey(key) && S3_UPLOAD_ID.test(s3UploadId) ? { key, s3UploadId } : undefined;
}

/** What S3 would refuse as malformed is no upload: it is told so here, and not by a fault. */
function isKey(key: string): boolean {
  return key !== "" && Buffer.byteLength(key) <= LONGEST_KEY && !/\p{C}/u.test(key);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
