import { block, blocks } from "../terraform/deployment";
import { flag, number, text, texts, type Values } from "./values";

export interface CorsPolicy {
  readonly origins: readonly string[];
  readonly methods: readonly string[];
  readonly headers: readonly string[];
  readonly expose: readonly string[];
  readonly credentials: boolean;
  /** Seconds. */
  readonly maxAge?: number;
  readonly override: boolean;
}

export interface PolicyHeader {
  /** Lower case. */
  readonly name: string;
  readonly value: string;
  readonly override: boolean;
}

/** `aws_cloudfront_response_headers_policy`. */
export interface ResponseHeadersPolicy {
  readonly cors?: CorsPolicy;
  /** Security headers and custom ones. */
  readonly headers: readonly PolicyHeader[];
  /** Lower case. */
  readonly remove: readonly string[];
}

const ALL_METHODS = ["GET", "DELETE", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"];

/** {@link https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-response-headers-policies.html} */
export function readResponseHeadersPolicy(values: Values): ResponseHeadersPolicy {
  const custom = block(values, "custom_headers_config");
  const removed = block(values, "remove_headers_config");
  return {
    cors: readCors(block(values, "cors_config")),
    headers: [
      ...securityHeaders(block(values, "security_headers_config")),
      ...blocks(custom ?? {}, "items").map((item) => ({
        name: (text(item, "header") ?? "").toLowerCase(),
        value: text(item, "value") ?? "",
        override: flag(item, "override"),
      })),
    ],
    remove: blocks(removed ?? {}, "items").map((item) => (text(item, "header") ?? "").toLowerCase()),
  };
}

function readCors(values: Values | undefined): CorsPolicy | undefined {
  if (!values) return undefined;
  const items = (name: string) => texts(block(values, name), "items");
  const methods = items("access_control_allow_methods");
  return {
    origins: items("access_control_allow_origins"),
    methods: methods.includes("ALL") ? ALL_METHODS : methods,
    headers: items("access_control_allow_headers"),
    expose: items("access_control_expose_headers"),
    credentials: flag(values, "access_control_allow_credentials"),
    maxAge: number(values, "access_control_max_age_sec"),
    override: flag(values, "origin_override"),
  };
}

function securityHeaders(values: Values | undefined): PolicyHeader[] {
  if (!values) return [];
  const one = (name: string, key: string, value: (config: Values) => string | undefined): PolicyHeader[] => {
    const config = block(values, key);
    const found = config && value(config);
    return config && found !== undefined ? [{ name, value: found, override: flag(config, "override") }] : [];
  };
  return [
    ...one("content-security-policy", "content_security_policy", (c) => text(c, "content_security_policy")),
    ...one("x-content-type-options", "content_type_options", () => "nosniff"),
    ...one("x-frame-options", "frame_options", (c) => text(c, "frame_option")),
    ...one("referrer-policy", "referrer_policy", (c) => text(c, "referrer_policy")),
    ...one("strict-transport-security", "strict_transport_security", transportSecurity),
    ...one("x-xss-protection", "xss_protection", xssProtection),
  ];
}

function transportSecurity(config: Values): string {
  const parts = [`max-age=${number(config, "access_control_max_age_sec") ?? 0}`];
  if (flag(config, "include_subdomains")) parts.push("includeSubDomains");
  if (flag(config, "preload")) parts.push("preload");
  return parts.join("; ");
}

function xssProtection(config: Values): string {
  if (!flag(config, "protection")) return "0";
  const report = text(config, "report_uri");
  if (report) return `1; report=${report}`;
  return flag(config, "mode_block") ? "1; mode=block" : "1";
}
