import { AwsError } from "../../kernel/aws-service";

const PATTERN = /^arn:aws[a-z-]*:s3:::([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])\/(.+)$/;

/**
 * Bucket and key of an asset's source.
 *
 * @throws AwsError 422 when it is not an object in S3 or not a playlist
 * @see https://docs.aws.amazon.com/mediapackage/latest/ug/asset-create-details.html
 */
export function parseSourceArn(arn: string): { bucket: string; key: string } {
  const [, bucket, key] = PATTERN.exec(arn) ?? [];
  if (bucket === undefined || key === undefined) {
    throw new AwsError(
      "UnprocessableEntityException",
      `sourceArn must be arn:aws:s3:::<bucket>/<key>, got ${arn}`,
      422,
    );
  }
  if (!key.endsWith(".m3u8")) {
    const allowed = key.endsWith(".smil") ? ".m3u8 (.smil is not read locally)" : ".m3u8 or .smil";
    throw new AwsError("UnprocessableEntityException", `sourceArn must end in ${allowed}, got ${key}`, 422);
  }
  return { bucket, key };
}
