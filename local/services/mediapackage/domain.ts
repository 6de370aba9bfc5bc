import { createHash } from "node:crypto";

/** 32 hexadecimal digits, as in MediaPackage's addresses; here made from what is named, so always the same. */
export function addressHash(...parts: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 32);
}

/** The host of a packaging group's origin, without scheme: `<hash>.egress.mediapackage-vod.<region>.amazonaws.com`. */
export function packagingDomain(account: string, region: string, groupId: string): string {
  return `${addressHash("group", account, region, groupId)}.egress.mediapackage-vod.${region}.amazonaws.com`;
}
