import type { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Wafv2WebAcl } from "@cdktf/provider-aws/lib/wafv2-web-acl";
import { Construct } from "constructs";
import type { Environment } from "../../environments/environment";
import { FirewallLog } from "./firewall-log";
import { firewallRules } from "./firewall-rules";
import { takedownGroup } from "./takedown";

/** The edge's firewall with its log, in us-east-1 as CloudFront demands. */
export class Firewall extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, environment: Environment, provider: AwsProvider) {
    super(scope, id);
    const takedown = takedownGroup(this, environment, provider);
    const firewall = new Wafv2WebAcl(this, "edge", {
      provider,
      name: `vod-edge-${environment.name}`,
      scope: "CLOUDFRONT",
      defaultAction: { allow: {} },
      rule: firewallRules(environment, takedown.arn),
      visibilityConfig: {
        cloudwatchMetricsEnabled: true,
        metricName: `vod-edge-${environment.name}`,
        sampledRequestsEnabled: false,
      },
      lifecycle: { createBeforeDestroy: true },
    });
    new FirewallLog(this, "log", { environment, provider, firewall });
    this.arn = firewall.arn;
  }
}
