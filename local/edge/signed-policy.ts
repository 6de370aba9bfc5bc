import { inCidr, isCidr } from "./cidr";
import { globMatches } from "./glob";

/** The one statement of a policy. Times in seconds since 1970. */
export interface SignedPolicy {
  /** Undefined: everything that the key guards. */
  readonly resource?: string;
  readonly lessThan: number;
  readonly greaterThan?: number;
  readonly sourceIp?: string;
}

/** The text that a signer of a canned policy signed; it is not sent, so it is built again from the request. */
export function cannedPolicy(url: string, expires: string): string {
  return `{"Statement":[{"Resource":"${url}","Condition":{"DateLessThan":{"AWS:EpochTime":${expires}}}}]}`;
}

/**
 * Undefined for what CloudFront calls a malformed policy.
 * {@link https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-creating-signed-url-custom-policy.html}
 */
export function parsePolicy(json: string): SignedPolicy | undefined {
  const document = asObject(parseJson(json));
  const statements = document?.Statement;
  if (!Array.isArray(statements) || statements.length !== 1) return undefined;
  const statement = asObject(statements[0]);
  const condition = asObject(statement?.Condition);
  if (!statement || !condition) return undefined;

  const resource = statement.Resource;
  const lessThan = asObject(condition.DateLessThan)?.["AWS:EpochTime"];
  const greaterThan = optional(condition.DateGreaterThan, "AWS:EpochTime");
  const sourceIp = optional(condition.IpAddress, "AWS:SourceIp");
  if (resource !== undefined && typeof resource !== "string") return undefined;
  if (typeof lessThan !== "number") return undefined;
  if (greaterThan !== undefined && typeof greaterThan !== "number") return undefined;
  if (sourceIp !== undefined && (typeof sourceIp !== "string" || !isCidr(sourceIp))) return undefined;
  return { resource, lessThan, greaterThan, sourceIp };
}

/** Whether a policy admits a request for `url` from `address` at `now` (milliseconds). */
export function policyAdmits(policy: SignedPolicy, url: string, address: string, now: number): boolean {
  if (now >= policy.lessThan * 1000) return false;
  if (policy.greaterThan !== undefined && now < policy.greaterThan * 1000) return false;
  if (policy.sourceIp !== undefined && !inCidr(address, policy.sourceIp)) return false;
  return policy.resource === undefined || globMatches(policy.resource, url);
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function asObject(value: unknown): Record<string, unknown> | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}

/** The operand of a condition that may be left out; `null`, which no comparison allows, where it is there but wrong. */
function optional(condition: unknown, key: string): unknown {
  if (condition === undefined) return undefined;
  return asObject(condition)?.[key] ?? null;
}
