export interface S3Address {
  readonly bucket: string;
  readonly key: string;
}

/** The bucket and key of `s3://bucket/key`, taken literally: MediaConvert decodes nothing. Undefined for anything else. */
export function parseS3Address(address: unknown): S3Address | undefined {
  const match = typeof address === "string" ? /^s3:\/\/([^/]+)\/(.*)$/s.exec(address) : null;
  return match ? { bucket: match[1]!, key: match[2]! } : undefined;
}

/**
 * What the names of a group's files begin with: the destination, and the input's name without its suffix where the
 * destination ends in `/`.
 */
export function destinationBase(destination: string, input: string): S3Address {
  const { bucket, key } = parseS3Address(destination)!;
  if (key !== "" && !key.endsWith("/")) return { bucket, key };
  const name = input.slice(input.lastIndexOf("/") + 1).replace(/\.[^.]*$/, "");
  return { bucket, key: key + name };
}
