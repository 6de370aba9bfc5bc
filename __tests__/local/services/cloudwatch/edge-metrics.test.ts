import type { EdgeAnswer } from "../../../../local/edge/edge-answer";
import { edgeMetrics } from "../../../../local/services/cloudwatch/edge-metrics";
import type { Datum } from "../../../../local/services/cloudwatch/metric-store";
import { deploymentOf } from "../test-kit";

const deployment = deploymentOf({
  "aws_cloudfront_distribution.vod": { id: "E1" },
  "aws_wafv2_web_acl.edge": { name: "vod-edge-local" },
});

function counted(answer: Partial<EdgeAnswer>): Record<string, number> {
  const data: Datum[] = [];
  const count = edgeMetrics(deployment, (datum) => data.push(datum));
  count({ method: "GET", status: 200, blocked: false, milliseconds: 12, ...answer }, 5);
  expect(data.every(({ at }) => at === 5)).toBe(true);
  return Object.fromEntries(data.map(({ name, value }) => [name, value]));
}

test("a hit counts for the hit ratio, and says nothing of the origin", () => {
  expect(counted({ cached: true })).toEqual({ Requests: 1, "4xxErrorRate": 0, "5xxErrorRate": 0, CacheHitRate: 100, AllowedRequests: 1 }); // prettier-ignore
});

test("a miss counts against it, and says how long the origin took", () => {
  expect(counted({ cached: false })).toMatchObject({ CacheHitRate: 0, OriginLatency: 12 });
});

test("an error of the origin and a POST are not cacheable", () => {
  expect(counted({ cached: false, status: 502 })).not.toHaveProperty("CacheHitRate");
  expect(counted({ cached: false, method: "POST" })).not.toHaveProperty("CacheHitRate");
});

test("errors are shares of all requests", () => {
  expect(counted({ status: 403 })).toMatchObject({ "4xxErrorRate": 100, "5xxErrorRate": 0 });
  expect(counted({ status: 504, cached: false })).toMatchObject({ "4xxErrorRate": 0, "5xxErrorRate": 100 });
});

test("the firewall counts what it blocks and what it lets pass", () => {
  expect(counted({ status: 403, blocked: true })).toMatchObject({ BlockedRequests: 1 });
  expect(counted({})).toMatchObject({ AllowedRequests: 1 });
});

test("they bear the names of the distribution and of the firewall", () => {
  const data: Datum[] = [];
  edgeMetrics(deployment, (datum) => data.push(datum))(
    { method: "GET", status: 200, blocked: false, milliseconds: 1 },
    5,
  );
  expect(data.find(({ name }) => name === "Requests")).toMatchObject({
    namespace: "AWS/CloudFront",
    dimensions: { DistributionId: "E1", Region: "Global" },
  });
  expect(data.find(({ name }) => name === "AllowedRequests")).toMatchObject({
    namespace: "AWS/WAFV2",
    dimensions: { WebACL: "vod-edge-local", Rule: "ALL" },
  });
});
