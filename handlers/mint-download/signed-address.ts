import type { KeyObject } from "node:crypto";
import { getSignedUrl } from "@aws-sdk/cloudfront-signer";
import { signerKey } from "../shared/signer-key";

export interface AddressRequest {
  /** `https://<cdn>`. */
  readonly cdnOrigin: string;
  /** Root-relative path of one file. */
  readonly path: string;
  /** Seconds since 1970. */
  readonly expiresAt: number;
  readonly viewerIpv4?: string;
  readonly keyId: string;
  /** RSA 2048 or ECDSA P-256. */
  readonly privateKey: KeyObject;
}

/**
 * The address that opens exactly one file for a while, to whoever has it or, bound, to one IPv4 address
 * (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-creating-signed-url-custom-policy.html).
 * Root-relative, as the mint's addresses are; the policy names the edge all the same.
 */
export function signedAddress(request: AddressRequest): string {
  const { cdnOrigin, path, keyId } = request;
  const url = `${cdnOrigin}${path}`;
  const policy = policyOf(url, request);
  const privateKey = signerKey(request.privateKey);
  const signed = getSignedUrl({ url, policy, keyPairId: keyId, privateKey, algorithm: "SHA256" });
  return signed.slice(cdnOrigin.length);
}

function policyOf(resource: string, { expiresAt, viewerIpv4 }: AddressRequest): string {
  const condition = {
    DateLessThan: { "AWS:EpochTime": expiresAt },
    ...(viewerIpv4 !== undefined && { IpAddress: { "AWS:SourceIp": `${viewerIpv4}/32` } }),
  };
  return JSON.stringify({ Statement: [{ Resource: resource, Condition: condition }] });
}
