import type { Resources } from "../stack-resources";

interface Behavior {
  readonly path_pattern?: string;
  readonly target_origin_id: string;
  readonly cache_policy_id: string;
}

interface Origin {
  readonly origin_id: string;
  readonly origin_shield?: { readonly enabled: boolean };
}

/** Seconds that the edge keeps what is at a path, where the origin says nothing. */
export function cacheLife(resources: Resources, pattern: string): number {
  const policy = /^\$\{aws_cloudfront_cache_policy\.(\w+)\.id\}$/.exec(behavior(resources, pattern).cache_policy_id);
  const found = resources.aws_cloudfront_cache_policy?.[policy?.[1] ?? ""];
  if (!found) throw new Error(`the behaviour of ${pattern} has no cache policy of the stack`);
  return Number(found.default_ttl);
}

/** Whether the origin of a path has Origin Shield before it. */
export function shielded(resources: Resources, pattern: string): boolean {
  const { target_origin_id: target } = behavior(resources, pattern);
  const origins = distribution(resources).origin as Origin[];
  return origins.find(({ origin_id }) => origin_id === target)?.origin_shield?.enabled === true;
}

function behavior(resources: Resources, pattern: string): Behavior {
  const behaviors = distribution(resources).ordered_cache_behavior as Behavior[];
  const found = behaviors.find(({ path_pattern }) => path_pattern === pattern);
  if (!found) throw new Error(`the distribution has no behaviour for ${pattern}`);
  return found;
}

function distribution(resources: Resources): Readonly<Record<string, unknown>> {
  const found = resources.aws_cloudfront_distribution?.vod;
  if (!found) throw new Error("the stack has no aws_cloudfront_distribution.vod");
  return found;
}
