import { block, blocks, type Deployment } from "../terraform/deployment";
import { number, text, type Values } from "./values";

/** An origin of the distribution. Times in milliseconds. */
export interface Origin {
  readonly id: string;
  readonly domainName: string;
  /** Put before every path; empty where none is set. */
  readonly path: string;
  /** Names in lower case. */
  readonly customHeaders: Readonly<Record<string, string>>;
  readonly connectionAttempts: number;
  readonly readTimeout: number;
  readonly accessControl?: OriginAccessControl;
}

/** `aws_cloudfront_origin_access_control`: how CloudFront signs its requests to the origin. */
export interface OriginAccessControl {
  /** `s3`, `mediapackagev2`, `lambda`, `mediastore`. */
  readonly originType: string;
  readonly signing: "always" | "never" | "no-override";
}

/** Default timeouts: {@link https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesOrigin.html} */
export function readOrigin(values: Values, deployment: Deployment): Origin {
  const headers = blocks(values, "custom_header").map((header) => [
    (text(header, "name") ?? "").toLowerCase(),
    text(header, "value") ?? "",
  ]);
  const readTimeout = number(block(values, "custom_origin_config"), "origin_read_timeout") ?? 30;
  return {
    id: text(values, "origin_id") ?? "",
    domainName: text(values, "domain_name") ?? "",
    path: text(values, "origin_path") ?? "",
    customHeaders: Object.fromEntries(headers) as Record<string, string>,
    connectionAttempts: number(values, "connection_attempts") ?? 3,
    readTimeout: readTimeout * 1000,
    accessControl: readAccessControl(text(values, "origin_access_control_id"), deployment),
  };
}

function readAccessControl(id: string | undefined, deployment: Deployment): OriginAccessControl | undefined {
  if (!id) return undefined;
  const found = deployment.all("aws_cloudfront_origin_access_control").find((one) => one.values.id === id);
  if (!found) throw new Error(`origin_access_control_id: no aws_cloudfront_origin_access_control has the id "${id}"`);
  const signing = text(found.values, "signing_behavior");
  return {
    originType: text(found.values, "origin_access_control_origin_type") ?? "s3",
    signing: signing === "never" || signing === "no-override" ? signing : "always",
  };
}
