/** An upload under way as S3 knows it. */
export interface UploadName {
  readonly key: string;
  /** S3's own id. */
  readonly s3UploadId: string;
}

/** One text for both, safe in a path; opaque to clients, and no secret: whoever sends it is checked again. */
export function encodeUploadId({ key, s3UploadId }: UploadName): string {
  return Buffer.from(JSON.stringify([key, s3UploadId])).toString("base64url");
}

/** Undefined for anything that `encodeUploadId` did not make. */
export function decodeUploadId(id: string): UploadName | undefined {
  const value = parsed(Buffer.from(id, "base64url").toString());
  if (!Array.isArray(value) || value.length !== 2) return undefined;
  const [key, s3UploadId] = value as unknown[];
  if (typeof key !== "string" || typeof s3UploadId !== "string" || key === "" || s3UploadId === "") return undefined;
  return { key, s3UploadId };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
