import type { Wafv2WebAclRule } from "@cdktf/provider-aws/lib/wafv2-web-acl";
import type { Environment } from "../../environments/environment";

/** The window of a rate rule; WAF offers 60, 120, 300 and 600 seconds. */
const WINDOW_SECONDS = 300;
/** What serves files to whoever may have them: no input is parsed there. */
const FILES = "^/(?:v1|app|posters|downloads)/";
const API = "^/(?:play|api)/";

/** Untyped in the bindings: keys are Terraform's own. */
type Statement = Readonly<Record<string, object>>;

/**
 * The firewall's rules by priority. The first that blocks decides, so what is cheap and certain comes first; rates count
 * what got so far.
 */
export function firewallRules({ name, deliver }: Environment, takedownArn: string): Wafv2WebAclRule[] {
  const { rates, blockedCountries, botControl } = deliver;
  const rule = (id: string, priority: number, statement: Statement): Wafv2WebAclRule => ({
    name: id,
    priority,
    statement,
    visibilityConfig: {
      cloudwatchMetricsEnabled: true,
      metricName: `vod-${id}-${name}`,
      sampledRequestsEnabled: false, // samples show tokens and cookies to whoever may look at the firewall
    },
  });
  const block = { action: { block: {} } };
  const asGroupSays = { overrideAction: { none: {} } };
  const countOnly = { overrideAction: { count: {} } };
  return [
    ...(blockedCountries.length > 0 ? [{ ...rule("blocked-countries", 0, geo(blockedCountries)), ...block }] : []),
    { ...rule("withdrawn-titles", 1, { rule_group_reference_statement: { arn: takedownArn } }), ...asGroupSays },
    { ...rule("mint-rate", 10, rate("/play/", rates.mint)), ...block },
    { ...rule("playback-rate", 20, rate("/v1/", rates.playback)), ...block },
    { ...rule("ip-reputation", 30, managed("AWSManagedRulesAmazonIpReputationList")), ...asGroupSays },
    { ...rule("known-bad-inputs", 40, managed("AWSManagedRulesKnownBadInputsRuleSet")), ...asGroupSays },
    { ...rule("common", 50, common()), ...asGroupSays },
    ...(botControl === "off"
      ? []
      : [{ ...rule("bot-control", 60, bots()), ...(botControl === "count" ? countOnly : asGroupSays) }]),
  ];
}

function geo(countries: readonly string[]): Statement {
  return { geo_match_statement: { country_codes: [...countries] } };
}

function rate(prefix: string, limit: number): Statement {
  return {
    rate_based_statement: {
      limit,
      evaluation_window_sec: WINDOW_SECONDS,
      aggregate_key_type: "IP", // the address that connected; a forwarded one is whatever its sender says
      scope_down_statement: {
        byte_match_statement: {
          search_string: prefix,
          positional_constraint: "STARTS_WITH",
          field_to_match: { uri_path: {} },
          text_transformation: AS_ROUTED,
        },
      },
    },
  };
}

/**
 * AWS's common rules guard code, and files run none: a cookie or a long query that looks odd must not stop a segment.
 * They let the API's bodies have 8 KB: no call of it needs more.
 * https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-baseline.html
 */
function common(): Statement {
  return managed("AWSManagedRulesCommonRuleSet", {
    scope_down_statement: { not_statement: { statement: [path(FILES)] } },
  });
}

/** Paid for by request, so it looks at the API alone. */
function bots(): Statement {
  return managed("AWSManagedRulesBotControlRuleSet", {
    managed_rule_group_configs: [{ aws_managed_rules_bot_control_rule_set: { inspection_level: "COMMON" } }],
    scope_down_statement: path(API),
  });
}

function managed(name: string, settings: object = {}): Statement {
  return { managed_rule_group_statement: { vendor_name: "AWS", name, ...settings } };
}

function path(expression: string): Statement {
  return {
    regex_match_statement: {
      regex_string: expression,
      field_to_match: { uri_path: {} },
      text_transformation: AS_ROUTED,
    },
  };
}

/** The edge routes by the normalised path, so the firewall must see it too: `/%70lay/` is `/play/`. */
const AS_ROUTED = [
  { priority: 0, type: "URL_DECODE" },
  { priority: 1, type: "NORMALIZE_PATH" },
];
