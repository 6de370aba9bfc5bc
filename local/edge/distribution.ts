import { block, blocks, type Deployment, type Resource } from "../terraform/deployment";
import type { Clock } from "../kernel/clock";
import type { Behavior } from "./behavior";
import { compileEdgeFunction, type EdgeFunction } from "./edge-function";
import { readErrorResponses, type ErrorResponses } from "./error-pages";
import { readGeoRestriction, type GeoRestriction } from "./geo-restriction";
import { readOrigin, type Origin } from "./origin";
import { readCachePolicy, readOriginRequestPolicy } from "./policies";
import { readResponseHeadersPolicy } from "./response-headers-policy";
import { trustedKeys } from "./trusted-keys";
import { flag, text, texts, type Values } from "./values";
import { compileFirewall, type Firewall } from "./waf";
import type { OperatedRules, StatementContext } from "./waf-statement";

/** The deployment's one CloudFront distribution, everything it refers to resolved. */
export interface Distribution {
  readonly id: string;
  readonly arn: string;
  readonly domainName: string;
  /** Alternate domain names. */
  readonly aliases: readonly string[];
  readonly enabled: boolean;
  /** In order, the default one last. */
  readonly behaviors: readonly Behavior[];
  readonly defaultRootObject?: string;
  readonly errors: ErrorResponses;
  readonly geo: GeoRestriction;
  readonly firewall: Firewall;
  /** What runs at AWS only, in words. */
  readonly notEmulated: readonly string[];
}

/** Throws where the distribution refers to something that the deployment does not have. */
export function readDistribution(deployment: Deployment, clock: Clock, operatedRules?: OperatedRules): Distribution {
  const all = deployment.all("aws_cloudfront_distribution");
  const [resource] = all;
  if (!resource || all.length > 1) throw new Error(`the edge runs one aws_cloudfront_distribution, got ${all.length}`);
  const { values } = resource;
  const notEmulated: string[] = [];
  const origins = readOrigins(values, deployment, notEmulated);
  const read = (behavior: Values, pattern: string) => readBehavior(behavior, pattern, origins, deployment);
  const recorded = blocks(values, "ordered_cache_behavior").filter((one) => text(one, "realtime_log_config_arn"));
  if (recorded.length > 0) {
    notEmulated.push(`real-time logs of ${recorded.map((one) => text(one, "path_pattern")).join(", ")}`);
  }
  try {
    return {
      id: text(values, "id") ?? "",
      arn: text(values, "arn") ?? "",
      domainName: text(values, "domain_name") ?? "",
      aliases: texts(values, "aliases"),
      enabled: values.enabled === undefined || flag(values, "enabled"),
      behaviors: [
        ...blocks(values, "ordered_cache_behavior").map((one) => read(one, text(one, "path_pattern") ?? "")),
        ...blocks(values, "default_cache_behavior").map((one) => read(one, "*")),
      ],
      defaultRootObject: text(values, "default_root_object"),
      errors: readErrorResponses(values),
      geo: readGeoRestriction(values),
      firewall: readFirewall(text(values, "web_acl_id"), {
        deployment,
        clock,
        operatedRules,
        notEmulated: (what) => notEmulated.push(what),
      }),
      notEmulated,
    };
  } catch (error) {
    throw new Error(`${resource.address}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function readOrigins(values: Values, deployment: Deployment, notEmulated: string[]): ReadonlyMap<string, Origin> {
  const origins = new Map(
    blocks(values, "origin").map((one): [string, Origin] => {
      const origin = readOrigin(one, deployment);
      return [origin.id, origin];
    }),
  );
  for (const group of blocks(values, "origin_group")) {
    const [primary] = blocks(group, "member");
    const origin = origins.get(text(primary, "origin_id") ?? "");
    const id = text(group, "origin_id") ?? "";
    if (origin) origins.set(id, origin);
    notEmulated.push(`failover of origin group ${id}: requests go to its first member`);
  }
  return origins;
}

function readBehavior(
  values: Values,
  pattern: string,
  origins: ReadonlyMap<string, Origin>,
  deployment: Deployment,
): Behavior {
  const where = pattern === "*" ? "default_cache_behavior" : `ordered_cache_behavior ${pattern}`;
  if (block(values, "forwarded_values")) {
    throw new Error(`${where}.forwarded_values: not read here, allowed: cache_policy_id and origin_request_policy_id`);
  }
  const target = text(values, "target_origin_id") ?? "";
  const origin = origins.get(target);
  if (!origin)
    throw new Error(`${where}.target_origin_id: got "${target}", allowed: ${[...origins.keys()].join(", ")}`);
  const referred = (argument: string, type: string) => refer(values, argument, type, deployment, where);
  const cachePolicy = referred("cache_policy_id", "aws_cloudfront_cache_policy");
  if (!cachePolicy) throw new Error(`${where}.cache_policy_id: missing; name an aws_cloudfront_cache_policy`);
  const originRequest = referred("origin_request_policy_id", "aws_cloudfront_origin_request_policy");
  const responseHeaders = referred("response_headers_policy_id", "aws_cloudfront_response_headers_policy");
  const keyGroups = texts(values, "trusted_key_groups");
  return {
    pattern,
    origin,
    allowedMethods: texts(values, "allowed_methods"),
    cachedMethods: texts(values, "cached_methods"),
    compress: flag(values, "compress"),
    trustedKeys: keyGroups.length > 0 ? trustedKeys(keyGroups, deployment) : undefined,
    cachePolicy: readCachePolicy(cachePolicy.values),
    originRequestPolicy: originRequest && readOriginRequestPolicy(originRequest.values),
    responseHeadersPolicy: responseHeaders && readResponseHeadersPolicy(responseHeaders.values),
    viewerRequest: readFunction(values, "viewer-request", deployment, where),
    viewerResponse: readFunction(values, "viewer-response", deployment, where),
  };
}

function refer(
  values: Values,
  argument: string,
  type: string,
  deployment: Deployment,
  where: string,
): Resource | undefined {
  const id = text(values, argument);
  if (!id) return undefined;
  const found = deployment.all(type).find((resource) => resource.values.id === id);
  if (!found) throw new Error(`${where}.${argument}: no ${type} of the stack has the id "${id}"`);
  return found;
}

function readFunction(values: Values, event: string, deployment: Deployment, where: string): EdgeFunction | undefined {
  const association = blocks(values, "function_association").find((one) => text(one, "event_type") === event);
  if (!association) return undefined;
  const arn = text(association, "function_arn");
  const found = deployment.all("aws_cloudfront_function").find((one) => one.values.arn === arn);
  if (!found) throw new Error(`${where}.function_association: no aws_cloudfront_function has the ARN "${arn}"`);
  return compileEdgeFunction(text(found.values, "name") ?? found.name, text(found.values, "code") ?? "");
}

function readFirewall(id: string | undefined, context: StatementContext): Firewall {
  if (!id) return () => undefined;
  const acl = context.deployment.all("aws_wafv2_web_acl").find((one) => one.values.arn === id || one.values.id === id);
  if (!acl) throw new Error(`web_acl_id: no aws_wafv2_web_acl has the ARN "${id}"`);
  return compileFirewall(acl, context);
}
