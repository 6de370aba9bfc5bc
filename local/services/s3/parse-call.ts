import { AwsError, type AwsRequest, type UnopenedRequest } from "../../kernel/aws-service";
import type { S3Call } from "./context";

/** Bytes of UTF-8 (https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html). */
const LONGEST_KEY = 1_024;

/** The bucket in a host name such as `<bucket>.s3.eu-west-1.amazonaws.com`. */
export function bucketOfHost(host: string): string | undefined {
  return /^(.+)\.s3(?:[.-][a-z0-9-]+)?\.amazonaws\.com$/.exec(host)?.[1];
}

/** The bucket that a request is about, by its host or the first part of its path. */
export function bucketNamed({ host, path }: UnopenedRequest): string {
  return bucketOfHost(host) ?? decode(path.split("/")[1] ?? "");
}

/** Bucket and key of a request, from the host or from the path. */
export function parseCall(request: AwsRequest): S3Call {
  const path = request.path.replace(/^\//, "");
  const hosted = bucketOfHost(request.host);
  const slash = path.indexOf("/");
  const bucket = hosted ?? decode(slash < 0 ? path : path.slice(0, slash));
  const key = decode(hosted !== undefined ? path : slash < 0 ? "" : path.slice(slash + 1));
  checkKey(key);
  return { request, principal: request.principal, query: request.query, bucket, key };
}

export function checkKey(key: string): void {
  const bytes = Buffer.byteLength(key);
  if (bytes <= LONGEST_KEY) return;
  throw new AwsError("KeyTooLongError", `Your key is too long: at most ${LONGEST_KEY} bytes, got ${bytes}`, 400);
}

/** A `+` in a path is a plus; only a form's is a space. */
export function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new AwsError("InvalidURI", "Couldn't parse the specified URI: it is not percent-encoded UTF-8.", 400);
  }
}
