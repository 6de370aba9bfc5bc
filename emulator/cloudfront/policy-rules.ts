import { AwsError } from "../../local/kernel/aws-service";
import { childText, type XmlElement } from "../../local/services/s3/xml";
import { everywhere, textsOf } from "../xml";

/**
 * What CloudFront refuses at apply, though `terraform validate` and `plan` let it pass: `Authorization` in an origin
 * request policy, and keys in a cache policy that keeps nothing.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/add-origin-custom-headers.html#add-origin-custom-headers-forward-authorization
 */
export function requirePolicyRules(config: XmlElement): void {
  if (config.name === "OriginRequestPolicyConfig" && headersOf(config).includes("authorization")) {
    throw invalid("The parameter Headers contains Authorization that is not allowed.");
  }
  if (config.name === "CachePolicyConfig" && Number(childText(config, "MaxTTL") ?? 1) === 0 && hasKeys(config)) {
    throw invalid("The parameter HeaderBehavior is invalid for policy with caching disabled.");
  }
}

function headersOf(config: XmlElement): string[] {
  return everywhere(config, "HeadersConfig").flatMap((headers) =>
    textsOf(headers, "Name").map((name) => name.toLowerCase()),
  );
}

function hasKeys(config: XmlElement): boolean {
  return ["HeaderBehavior", "CookieBehavior", "QueryStringBehavior"].some((name) =>
    textsOf(config, name).some((behaviour) => behaviour !== "none"),
  );
}

function invalid(message: string): AwsError {
  return new AwsError("InvalidArgument", message, 400);
}
