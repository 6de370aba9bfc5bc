import type { CachePolicy } from "./policies";

/**
 * The normalised `Accept-Encoding` of cache key and origin request: `br,gzip`, `br`, `gzip`, or undefined when the
 * viewer takes none of the encodings that the policy enables.
 * {@link https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cache-key-understand-cache-policy.html}
 */
export function acceptEncoding(header: string | undefined, policy: CachePolicy): string | undefined {
  const accepted = (header ?? "")
    .toLowerCase()
    .split(",")
    .filter((part) => !/;\s*q=0(\.0*)?\s*$/.test(part))
    .map((part) => part.split(";", 1)[0]?.trim());
  const kept = [
    ...(policy.brotli && accepted.includes("br") ? ["br"] : []),
    ...(policy.gzip && accepted.includes("gzip") ? ["gzip"] : []),
  ];
  return kept.length > 0 ? kept.join(",") : undefined;
}
