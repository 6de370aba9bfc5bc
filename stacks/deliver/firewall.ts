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
  /** Its metric is of the same name. */
  readonly name: string;

  constructor(scope: Construct, id: string, environment: Environment, provider: AwsProvider) {
    super(scope, id);
    this.name = `vod-edge-${environment.name}`;
    const takedown = takedownGroup(this, environment, provider);
    const firewall = new Wafv2WebAcl(this, "edge", {
      provider,
      name: this.name,
      scope: "CLOUDFRONT",
      defaultAction: { allow: {} },
      rule: firewallRules(environment, takedown.arn),
      visibilityConfig: {
        cloudwatchMetricsEnabled: true,
        metricName: this.name,
        sampledRequestsEnabled: false,
      },
      lifecycle: { createBeforeDestroy: true },
    });
    new FirewallLog(this, "log", { environment, provider, firewall });
    this.arn = firewall.arn;
  }
}
