import type { XmlElement } from "../../local/services/s3/xml";
import { childOf, xml } from "../xml";

const none = (name: string): XmlElement => xml(name, xml("Quantity", 0));
const nobody = (name: string): XmlElement => xml(name, xml("Enabled", false), xml("Quantity", 0));

/** What CloudFront answers where the request was silent. */
const DISTRIBUTION: readonly XmlElement[] = [
  none("Aliases"),
  xml("DefaultRootObject"),
  none("OriginGroups"),
  none("CacheBehaviors"),
  none("CustomErrorResponses"),
  xml("Logging", xml("Enabled", false), xml("IncludeCookies", false), xml("Bucket"), xml("Prefix")),
  xml("PriceClass", "PriceClass_All"),
  xml("WebACLId"),
  xml("HttpVersion", "http2"),
  xml("IsIPV6Enabled", true),
  xml("Staging", false),
  xml("ContinuousDeploymentPolicyId"),
];

const BEHAVIOUR: readonly XmlElement[] = [
  nobody("TrustedSigners"),
  nobody("TrustedKeyGroups"),
  none("LambdaFunctionAssociations"),
  none("FunctionAssociations"),
  xml("SmoothStreaming", false),
  xml("FieldLevelEncryptionId"),
];

/** A distribution's configuration, complete as CloudFront's answers are: clients count on every part being there. */
export function filledIn(config: XmlElement): XmlElement {
  return complete({ ...config, children: config.children.map(behaviours) }, DISTRIBUTION);
}

function behaviours(part: XmlElement): XmlElement {
  if (part.name === "DefaultCacheBehavior" || part.name === "CacheBehavior") return complete(part, BEHAVIOUR);
  if (part.name !== "CacheBehaviors" && part.name !== "Items") return part;
  return { ...part, children: part.children.map(behaviours) };
}

function complete(element: XmlElement, defaults: readonly XmlElement[]): XmlElement {
  const lacking = defaults.filter(({ name }) => childOf(element, name) === undefined);
  return { ...element, children: [...element.children, ...lacking] };
}
