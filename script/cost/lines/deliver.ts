import type { Facts } from "../facts";
import type { Charge, Line } from "../line";
import type { Usage } from "../usage";

/** The edge: bytes out, requests, Origin Shield, and the firewall that counts every request. */
export function deliverLines(charge: Charge, { firewall, originShield }: Facts, usage: Usage): Line[] {
  const { segments, manifests, apiCalls, pageCalls, downloads, downloaded } = usage;
  const requests = segments.count + manifests.count + apiCalls + pageCalls + downloads;
  const bytes = segments.size + manifests.size + downloaded;
  return [
    charge("CloudFront", "to viewers", bytes, "cloudfront.egress"),
    charge("CloudFront", "segments", segments.count, "cloudfront.https"),
    charge("CloudFront", "manifests", manifests.count, "cloudfront.https"),
    charge("CloudFront", "API, page, downloads", apiCalls + pageCalls + downloads, "cloudfront.https"),
    ...(originShield
      ? [charge("CloudFront", "Origin Shield", segments.missed + manifests.missed, "cloudfront.shield")]
      : []),
    charge("CloudFront", "function of the page", pageCalls, "cloudfront.function"),
    charge("WAF", "firewall", firewall.acls, "waf.acl"),
    charge("WAF", "rules", firewall.rules, "waf.rule"),
    charge("WAF", "rule groups of our own", firewall.groups, "waf.ruleGroup"),
    charge("WAF", "requests judged", requests, "waf.request"),
    ...(firewall.botControl
      ? [
          charge("WAF", "bot control", firewall.acls, "waf.botControl"),
          charge("WAF", "requests under bot control", apiCalls, "waf.botControlRequest"),
        ]
      : []),
  ];
}
