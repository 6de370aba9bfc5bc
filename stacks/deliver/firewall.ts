import { Wafv2WebAcl, type Wafv2WebAclRule } from "@cdktf/provider-aws/lib/wafv2-web-acl";
import type { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Construct } from "constructs";
import type { Environment } from "../../environments/environment";

/** The window of a rate rule; WAF offers 60, 120, 300 and 600 seconds. */
const WINDOW_SECONDS = 300;

/** The edge's firewall, in us-east-1 as CloudFront demands: rates on minting and on playback, and countries. */
export class Firewall extends Construct {
  readonly arn: string;

  constructor(
    scope: Construct,
    id: string,
    private readonly environment: Environment,
    provider: AwsProvider,
  ) {
    super(scope, id);
    const { rates, blockedCountries } = environment.deliver;
    const rules = [
      ...(blockedCountries.length > 0 ? [this.geo(blockedCountries)] : []),
      this.rate("mint-rate", 10, "/play/", rates.mint),
      this.rate("playback-rate", 20, "/v1/", rates.playback),
    ];
    const acl = new Wafv2WebAcl(this, "edge", {
      provider,
      name: `vod-edge-${environment.name}`,
      scope: "CLOUDFRONT",
      defaultAction: { allow: {} },
      rule: rules,
      visibilityConfig: {
        cloudwatchMetricsEnabled: true,
        metricName: `vod-edge-${environment.name}`,
        sampledRequestsEnabled: true,
      },
      lifecycle: { createBeforeDestroy: true },
    });
    this.arn = acl.arn;
  }

  private rate(name: string, priority: number, prefix: string, limit: number): Wafv2WebAclRule {
    return this.block(name, priority, {
      rate_based_statement: {
        limit,
        evaluation_window_sec: WINDOW_SECONDS,
        aggregate_key_type: "IP", // the address that connected; a forwarded one is whatever its sender says
        scope_down_statement: {
          byte_match_statement: {
            search_string: prefix,
            positional_constraint: "STARTS_WITH",
            field_to_match: { uri_path: {} },
            // The edge routes by the normalised path, so the firewall must see it too: `/%70lay/` is `/play/`.
            text_transformation: [
              { priority: 0, type: "URL_DECODE" },
              { priority: 1, type: "NORMALIZE_PATH" },
            ],
          },
        },
      },
    });
  }

  private geo(countries: readonly string[]): Wafv2WebAclRule {
    return this.block("blocked-countries", 0, { geo_match_statement: { country_codes: [...countries] } });
  }

  private block(name: string, priority: number, statement: Record<string, object>): Wafv2WebAclRule {
    return {
      name,
      priority,
      action: { block: {} },
      statement, // untyped in the bindings: its keys are Terraform's own
      visibilityConfig: {
        cloudwatchMetricsEnabled: true,
        metricName: `vod-${name}-${this.environment.name}`,
        sampledRequestsEnabled: true,
      },
    };
  }
}
