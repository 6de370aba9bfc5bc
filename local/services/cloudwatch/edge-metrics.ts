import type { EdgeAnswer } from "../../edge/edge-answer";
import type { Deployment } from "../../terraform/deployment";
import type { Measure } from "./metric-store";

/**
 * A request as CloudFront and its firewall count it, the additional metrics included
 * (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/viewing-cloudfront-metrics.html).
 */
export function edgeMetrics(deployment: Deployment, measure: Measure): (answer: EdgeAnswer, at: number) => void {
  const [distribution] = deployment.all("aws_cloudfront_distribution");
  const [firewall] = deployment.all("aws_wafv2_web_acl");
  const cloudFront = {
    namespace: "AWS/CloudFront",
    dimensions: { DistributionId: String(distribution?.values.id), Region: "Global" },
  };
  const waf = { namespace: "AWS/WAFV2", dimensions: { WebACL: String(firewall?.values.name), Rule: "ALL" } };
  return ({ method, status, cached, blocked, milliseconds }, at) => {
    const edge = (name: string, value: number): void => measure({ ...cloudFront, name, value, at });
    edge("Requests", 1);
    edge("4xxErrorRate", status >= 400 && status < 500 ? 100 : 0);
    edge("5xxErrorRate", status >= 500 ? 100 : 0);
    // Neither errors nor what is not read count as cacheable.
    const cacheable = cached !== undefined && status < 400 && ["GET", "HEAD", "OPTIONS"].includes(method);
    if (cacheable) edge("CacheHitRate", cached ? 100 : 0);
    if (cached === false) edge("OriginLatency", milliseconds);
    measure({ ...waf, name: blocked ? "BlockedRequests" : "AllowedRequests", value: 1, at });
  };
}
