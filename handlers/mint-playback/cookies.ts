import type { KeyObject } from "node:crypto";
import { getSignedCookies } from "@aws-sdk/cloudfront-signer";
import { signerKey } from "../shared/signer-key";

export interface CookieRequest {
  /** `https://<cdn>`. */
  readonly cdnOrigin: string;
  /** The title's part of viewer paths: `/v1/<prefix>/`. */
  readonly prefix: string;
  /** Seconds since 1970. */
  readonly expiresAt: number;
  readonly viewerIpv4?: string;
  readonly playerSite: "same-site" | "cross-site";
  readonly keyId: string;
  /** RSA 2048 or ECDSA P-256. */
  readonly privateKey: KeyObject;
}

/**
 * `Set-Cookie` values that open one title's prefix. A custom policy, since a canned one takes no wildcard
 * (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-setting-signed-cookie-custom-policy.html).
 */
export function signedCookies(request: CookieRequest): string[] {
  const { keyId, prefix, playerSite } = request;
  const values = getSignedCookies({
    policy: policyOf(request),
    keyPairId: keyId,
    privateKey: signerKey(request.privateKey),
    algorithm: "SHA256",
  });
  // No Expires: the policy ends the cookies' use, and each refresh replaces them. The path keeps titles apart.
  const site = playerSite === "same-site" ? "SameSite=Lax" : "SameSite=None; Partitioned";
  const attributes = `Path=/v1/${prefix}/; Secure; HttpOnly; ${site}`;
  return Object.entries(values).map(([name, value]) => `${name}=${value}; ${attributes}`);
}

function policyOf({ cdnOrigin, prefix, expiresAt, viewerIpv4 }: CookieRequest): string {
  const condition = {
    DateLessThan: { "AWS:EpochTime": expiresAt },
    ...(viewerIpv4 !== undefined && { IpAddress: { "AWS:SourceIp": `${viewerIpv4}/32` } }),
  };
  return JSON.stringify({ Statement: [{ Resource: `${cdnOrigin}/v1/${prefix}/*`, Condition: condition }] });
}
