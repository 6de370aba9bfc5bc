import type { Resources } from "../stack-resources";

const UNITS = [
  ["year", 365 * 86_400],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
] as const;

/** How long the edge keeps what a cache policy governs, in words. */
export function kept(resources: Resources, policy: string): string {
  const { min_ttl: least, default_ttl: usual, max_ttl: most } = resources.aws_cloudfront_cache_policy?.[policy] ?? {};
  if (usual === undefined) throw new Error(`the stack has no aws_cloudfront_cache_policy.${policy}`);
  if (usual === 0) return "not kept";
  if (most === usual) return least === usual ? `kept ${spokenSeconds(usual)}` : `kept ${spokenSeconds(usual)} at most`;
  return `kept as the file says, else ${spokenSeconds(usual)}`;
}

function spokenSeconds(value: unknown): string {
  const seconds = Number(value);
  const [unit, size] = UNITS.find(([, each]) => seconds % each === 0) ?? ["second", 1];
  const count = seconds / size;
  return count === 1 ? `a ${unit}`.replace("a hour", "an hour") : `${count} ${unit}s`;
}
