import type { Environment } from "../../environments/environment";
import { type Alarms, formula, metric, type Metric, unusual } from "./alarm";
import { edgeMetric, firewallMetric } from "./metrics";

export interface EdgeSources {
  readonly environment: Environment;
  readonly distributionId: string;
  /** Name of the firewall, which is the name of its metric too. */
  readonly firewall: string;
}

/** Watched in us-east-1, where CloudFront and its firewall keep their metrics. */
type EdgeAlarm = "cache-hit-ratio" | "edge-4xx" | "edge-5xx" | "origin-latency" | "request-spike" | "firewall-blocks";

const FIVE_MINUTES = 300;

/** Fewer requests than this in five minutes say nothing about a ratio. */
const ENOUGH = 100;

export function edgeAlarms({ environment, distributionId, firewall }: EdgeSources): Alarms<EdgeAlarm> {
  const { cacheHitPercent, requestSpike } = environment.operate;
  const cloudFront = (name: string, stat: string): Metric => edgeMetric(distributionId, name, stat);
  const requests = cloudFront("Requests", "Sum");
  return {
    "cache-hit-ratio": {
      failed: "The edge answers too little from its cache and asks the origins.",
      watch: formula(
        `IF(requests >= ${ENOUGH}, hits, 100)`,
        { requests, hits: cloudFront("CacheHitRate", "Average") },
        { seconds: FIVE_MINUTES, periods: 3, below: cacheHitPercent },
      ),
    },
    "edge-4xx": {
      failed: "The edge refuses many requests: signing, a key that was rotated, or somebody without a cookie.",
      watch: formula(
        `IF(requests >= ${ENOUGH}, refused, 0)`,
        { requests, refused: cloudFront("4xxErrorRate", "Average") },
        { seconds: FIVE_MINUTES, periods: 2, above: 25 },
      ),
      pages: true,
    },
    "edge-5xx": {
      failed: "The edge or an origin fails to answer viewers.",
      watch: formula(
        `IF(requests >= ${ENOUGH}, failed, 0)`,
        { requests, failed: cloudFront("5xxErrorRate", "Average") },
        { seconds: FIVE_MINUTES, above: 1 },
      ),
      pages: true,
    },
    "origin-latency": {
      failed: "The origins are slow: what is not cached starts late.",
      watch: metric(cloudFront("OriginLatency", "p90"), { seconds: FIVE_MINUTES, periods: 3, above: 3000 }),
    },
    "request-spike": {
      failed: "The edge is asked far more than usual.",
      watch:
        requestSpike === undefined
          ? unusual(requests, 3, FIVE_MINUTES, 2)
          : metric(requests, { seconds: FIVE_MINUTES, above: requestSpike }),
    },
    "firewall-blocks": {
      failed: "The firewall turns away a large share of the requests.",
      watch: formula(
        `IF(FILL(blocked, 0) >= ${ENOUGH}, 100 * blocked / (blocked + FILL(allowed, 0)), 0)`,
        { blocked: firewallMetric(firewall, "BlockedRequests"), allowed: firewallMetric(firewall, "AllowedRequests") },
        { seconds: FIVE_MINUTES, above: 20 },
      ),
    },
  };
}
