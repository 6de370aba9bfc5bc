import type { Resources } from "../stack-resources";
import { referred } from "./read-stack";

interface RawBehavior {
  readonly path_pattern?: string;
  readonly target_origin_id: string;
  readonly cache_policy_id: string;
  readonly trusted_key_groups?: readonly string[];
}

interface RawDistribution {
  readonly origin: readonly {
    readonly origin_id: string;
    readonly domain_name: string;
    readonly origin_shield?: { readonly enabled: boolean };
  }[];
  readonly default_cache_behavior: RawBehavior;
  readonly ordered_cache_behavior: readonly RawBehavior[];
}

/** What the distribution does with the requests of one path. */
export interface Behavior {
  /** `*` for whatever no other path names. */
  readonly pattern: string;
  readonly origin: string;
  readonly signed: boolean;
  /** Name of the cache policy in the stack. */
  readonly policy: string;
}

export function distribution(resources: Resources): RawDistribution {
  const found = resources.aws_cloudfront_distribution?.vod;
  if (!found) throw new Error("the stack has no aws_cloudfront_distribution.vod");
  return found as unknown as RawDistribution;
}

/** Every behaviour in the order in which paths are compared, the default last. */
export function behaviors(resources: Resources): Behavior[] {
  const { ordered_cache_behavior: ordered, default_cache_behavior: fallback } = distribution(resources);
  return [...ordered, fallback].map((raw) => ({
    pattern: raw.path_pattern ?? "*",
    origin: raw.target_origin_id,
    signed: (raw.trusted_key_groups ?? []).length > 0,
    policy: referred(raw.cache_policy_id)?.name ?? "",
  }));
}
