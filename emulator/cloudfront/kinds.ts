import { cloudFrontId, uuid } from "../identifiers";

/** What CloudFront keeps under an id, besides distributions and functions: the same calls for each. */
export interface Kind {
  /** Collection in the address: `/2020-05-31/<path>`. */
  readonly path: string;
  /** Element of an answer: `CachePolicy`, around its configuration `CachePolicyConfig`. */
  readonly name: string;
  /** Element of the configuration where it is not `<name>Config`. */
  readonly config: string;
  readonly newId: () => string;
  readonly missing: string;
  readonly exists: string;
  /** What is answered to a delete while something refers to it. */
  readonly inUse: string;
  /** Element by which what refers to it names it. */
  readonly reference: string;
}

const entity = (path: string, name: string, reference: string, more: Partial<Kind> = {}): Kind => ({
  path,
  name,
  config: `${name}Config`,
  newId: uuid,
  missing: `NoSuch${name}`,
  exists: `${name}AlreadyExists`,
  inUse: `${name}InUse`,
  reference,
  ...more,
});

/** Errors are those of https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_Operations.html. */
export const KINDS: readonly Kind[] = [
  entity("cache-policy", "CachePolicy", "CachePolicyId"),
  entity("origin-request-policy", "OriginRequestPolicy", "OriginRequestPolicyId"),
  entity("response-headers-policy", "ResponseHeadersPolicy", "ResponseHeadersPolicyId"),
  entity("origin-access-control", "OriginAccessControl", "OriginAccessControlId", { newId: () => cloudFrontId("E") }),
  // A key group in use is refused with the name that all resources without one of their own share.
  entity("key-group", "KeyGroup", "KeyGroup", { missing: "NoSuchResource", inUse: "ResourceInUse" }),
  entity("public-key", "PublicKey", "PublicKey", { newId: () => cloudFrontId("K") }),
];
