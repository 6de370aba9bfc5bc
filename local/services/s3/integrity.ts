import { AwsError, type AwsRequest } from "../../kernel/aws-service";
import { CHECKSUMS, type ChecksumName } from "../../gateway/checksum";
import type { Blob } from "./blob-store";
import { header } from "./context";

/** The checksum that a request gives, promises in a trailer, or only names. */
export interface Integrity {
  /** Base64. */
  readonly md5?: string;
  readonly checksum?: ChecksumName;
  /** Base64; undefined when it comes in a trailer, which the gateway verifies. */
  readonly expected?: string;
}

export function requestIntegrity(request: AwsRequest): Integrity {
  const md5 = header(request, "content-md5");
  if (md5 !== undefined && Buffer.from(md5, "base64").length !== 16) {
    throw new AwsError("InvalidDigest", "The Content-MD5 you specified was invalid.", 400);
  }
  const given = CHECKSUMS.find((name) => header(request, `x-amz-checksum-${name}`) !== undefined);
  if (given) return { md5, checksum: given, expected: header(request, `x-amz-checksum-${given}`) };
  const named = `${header(request, "x-amz-trailer") ?? ""},${header(request, "x-amz-sdk-checksum-algorithm") ?? ""}`;
  return { md5, checksum: checksumNamed(named) };
}

/** The checksum in a list such as `x-amz-checksum-crc32` or `CRC32`. */
export function checksumNamed(list: string): ChecksumName | undefined {
  const names = list.split(",").map((name) => name.trim().toLowerCase().replace("x-amz-checksum-", ""));
  return CHECKSUMS.find((name) => names.includes(name));
}

/** @throws AwsError `BadDigest` 400 */
export function checkIntegrity(blob: Blob, { md5, expected }: Integrity): void {
  if (md5 !== undefined && Buffer.from(md5, "base64").toString("hex") !== blob.md5) {
    throw new AwsError("BadDigest", "The Content-MD5 you specified did not match what we received.", 400);
  }
  if (expected !== undefined && blob.checksum && blob.checksum.value !== expected) {
    const name = blob.checksum.name.toUpperCase();
    throw new AwsError("BadDigest", `The ${name} you specified did not match the calculated checksum.`, 400);
  }
}
