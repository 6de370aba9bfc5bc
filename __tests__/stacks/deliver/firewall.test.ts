import { environment, resource, statements, synthesised, type Values } from "../../support/synthesised";

const dev = environment("dev");
const stack = synthesised(dev);
const withDeliver = (deliver: Partial<typeof dev.deliver>) =>
  synthesised({ ...dev, deliver: { ...dev.deliver, ...deliver } });
const rulesOf = (of = stack) => resource(of, "aws_wafv2_web_acl.edge").rule as Values[];
const rule = (name: string, of = stack) => rulesOf(of).find((each) => each.name === name);

const AS_ROUTED = [
  { priority: 0, type: "URL_DECODE" },
  { priority: 1, type: "NORMALIZE_PATH" },
];
const path = (expression: string) => ({
  regex_match_statement: {
    regex_string: expression,
    field_to_match: { uri_path: {} },
    text_transformation: AS_ROUTED,
  },
});
const managed = (name: string, settings: Values = {}) => ({
  managed_rule_group_statement: { vendor_name: "AWS", name, ...settings },
});

test("the firewall, its takedown group, its log and the log's key are in us-east-1", () => {
  for (const address of [
    "aws_wafv2_web_acl.edge",
    "aws_wafv2_rule_group.takedown",
    "aws_cloudwatch_log_group.firewall",
    "aws_cloudwatch_log_resource_policy.firewall",
    "aws_wafv2_web_acl_logging_configuration.edge",
    "aws_kms_key.firewall",
    "aws_kms_alias.firewall",
    "aws_kms_key_policy.firewall",
  ]) {
    expect([address, resource(stack, address).provider]).toEqual([address, "aws.edge"]);
  }
  expect(resource(stack, "aws_wafv2_web_acl.edge").scope).toBe("CLOUDFRONT");
});

test("rules run from the cheapest to AWS's groups, and a group decides what its rules decide", () => {
  expect(rulesOf().map(({ name, priority, action, override_action }) => [name, priority, action ?? override_action])) //
    .toEqual([
      ["withdrawn-titles", 1, { none: {} }],
      ["mint-rate", 10, { block: {} }],
      ["playback-rate", 20, { block: {} }],
      ["ip-reputation", 30, { none: {} }],
      ["known-bad-inputs", 40, { none: {} }],
      ["common", 50, { none: {} }],
    ]);
});

test.each([
  ["mint-rate", 100, "/play/"],
  ["playback-rate", 10_000, "/v1/"],
])("%s counts requests of the address that connected, by the path as the edge routes it", (name, limit, prefix) => {
  expect(rule(name)?.statement).toEqual({
    rate_based_statement: {
      limit,
      evaluation_window_sec: 300,
      aggregate_key_type: "IP",
      scope_down_statement: {
        byte_match_statement: {
          search_string: prefix,
          positional_constraint: "STARTS_WITH",
          field_to_match: { uri_path: {} },
          text_transformation: AS_ROUTED,
        },
      },
    },
  });
});

test("AWS's reputation and bad-input groups see every request; the common one leaves files alone", () => {
  expect(rule("ip-reputation")?.statement).toEqual(managed("AWSManagedRulesAmazonIpReputationList"));
  expect(rule("known-bad-inputs")?.statement).toEqual(managed("AWSManagedRulesKnownBadInputsRuleSet"));
  expect(rule("common")?.statement).toEqual(
    managed("AWSManagedRulesCommonRuleSet", {
      scope_down_statement: { not_statement: { statement: [path("^/(?:v1|app|posters|downloads)/")] } },
    }),
  );
});

test("bot control is absent unless it is set, and then looks at the API, blocking or counting", () => {
  expect(rule("bot-control")).toBeUndefined();
  const statement = managed("AWSManagedRulesBotControlRuleSet", {
    managed_rule_group_configs: [{ aws_managed_rules_bot_control_rule_set: { inspection_level: "COMMON" } }],
    scope_down_statement: path("^/(?:play|api)/"),
  });
  expect(rule("bot-control", withDeliver({ botControl: "count" }))).toMatchObject({
    statement,
    override_action: { count: {} },
  });
  expect(rule("bot-control", withDeliver({ botControl: "block" }))).toMatchObject({
    statement,
    override_action: { none: {} },
  });
});

test("blocked countries become a geo rule that comes first", () => {
  const [first] = rulesOf(withDeliver({ blockedCountries: ["KP"] }));
  expect(first).toMatchObject({
    name: "blocked-countries",
    priority: 0,
    action: { block: {} },
    statement: { geo_match_statement: { country_codes: ["KP"] } },
  });
});

test("the takedown group is made empty, and no plan looks at its rules again", () => {
  expect(resource(stack, "aws_wafv2_rule_group.takedown")).toMatchObject({
    name: "vod-takedown-dev",
    scope: "CLOUDFRONT",
    capacity: 368,
    lifecycle: { create_before_destroy: true, ignore_changes: ["rule"] },
  });
  expect(resource(stack, "aws_wafv2_rule_group.takedown").rule).toBeUndefined();
  expect(rule("withdrawn-titles")?.statement).toEqual({
    rule_group_reference_statement: { arn: "${aws_wafv2_rule_group.takedown.arn}" },
  });
});

/** Units of AWS's groups: https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html */
const GROUP_UNITS: Readonly<Record<string, number>> = {
  AWSManagedRulesAmazonIpReputationList: 25,
  AWSManagedRulesKnownBadInputsRuleSet: 200,
  AWSManagedRulesCommonRuleSet: 700,
  AWSManagedRulesBotControlRuleSet: 50,
};

function units(statement: Values): number {
  const [[kind, body] = ["", {}]] = Object.entries(statement) as [string, Values][];
  const transformed = 10 * ((body.text_transformation as unknown[] | undefined)?.length ?? 0);
  const scope = body.scope_down_statement ? units(body.scope_down_statement as Values) : 0;
  switch (kind) {
    case "geo_match_statement":
      return 1;
    case "rule_group_reference_statement":
      return Number(resource(stack, "aws_wafv2_rule_group.takedown").capacity);
    case "rate_based_statement":
      return 2 + scope;
    case "byte_match_statement":
      return 2 + transformed; // that a path starts with something
    case "regex_match_statement":
      return 3 + transformed;
    case "not_statement":
      return units((body.statement as Values[])[0] ?? {});
    case "managed_rule_group_statement":
      return (GROUP_UNITS[String(body.name)] ?? NaN) + scope;
    default:
      return NaN;
  }
}

test("all rules together stay within the 1,500 units that a firewall has at no extra charge", () => {
  const full = rulesOf(withDeliver({ botControl: "block", blockedCountries: ["KP"] }));
  const total = full.reduce((sum, { statement }) => sum + units(statement as Values), 0);
  expect(total).toBe(1438);
});

test("the firewall logs what it blocked or counted, encrypted, without token, cookies or query; it keeps no samples", () => {
  expect(resource(stack, "aws_wafv2_web_acl_logging_configuration.edge")).toMatchObject({
    resource_arn: "${aws_wafv2_web_acl.edge.arn}",
    log_destination_configs: ["${aws_cloudwatch_log_group.firewall.arn}"],
    redacted_fields: [
      { single_header: { name: "authorization" } },
      { single_header: { name: "cookie" } },
      { query_string: {} },
    ],
    logging_filter: {
      default_behavior: "DROP",
      filter: [
        {
          behavior: "KEEP",
          requirement: "MEETS_ANY",
          condition: [
            { action_condition: { action: "BLOCK" } },
            { action_condition: { action: "COUNT" } },
            { action_condition: { action: "EXCLUDED_AS_COUNT" } },
          ],
        },
      ],
    },
  });
  expect(resource(stack, "aws_cloudwatch_log_group.firewall")).toMatchObject({
    name: "aws-waf-logs-vod-dev",
    retention_in_days: 90,
    kms_key_id: "${aws_kms_key.firewall.arn}",
  });
  const acl = resource(stack, "aws_wafv2_web_acl.edge");
  const group = resource(stack, "aws_wafv2_rule_group.takedown");
  for (const { name, visibility_config } of [acl, group, ...rulesOf()]) {
    expect([name, visibility_config]).toEqual([name, expect.objectContaining({ sampled_requests_enabled: false })]);
  }
});

test("only log delivery of this account may write the firewall's log, and only the log may use its key", () => {
  const [delivery] = statements(resource(stack, "aws_cloudwatch_log_resource_policy.firewall").policy_document);
  expect(delivery).toEqual({
    Effect: "Allow",
    Principal: { Service: "delivery.logs.amazonaws.com" },
    Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
    Resource: "${aws_cloudwatch_log_group.firewall.arn}:*",
    Condition: {
      StringEquals: { "aws:SourceAccount": "111111111111" },
      ArnLike: { "aws:SourceArn": "arn:aws:logs:us-east-1:111111111111:*" },
    },
  });
  const [, logs] = statements(resource(stack, "aws_kms_key_policy.firewall").policy);
  expect([logs?.Principal, logs?.Condition]).toEqual([
    { Service: "logs.us-east-1.amazonaws.com" },
    {
      ArnEquals: {
        "kms:EncryptionContext:aws:logs:arn": "arn:aws:logs:us-east-1:111111111111:log-group:aws-waf-logs-vod-dev",
      },
    },
  ]);
});
