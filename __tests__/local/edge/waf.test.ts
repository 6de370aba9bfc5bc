import { compileFirewall } from "../../../local/edge/waf";
import type { ViewerRequest } from "../../../local/edge/types";
import { deploymentOf, NOW, viewerRequest } from "./fixture";

type Values = Record<string, unknown>;

function firewall(rules: Values[], defaultAction: Values = { allow: {} }, extra: Record<string, Values> = {}) {
  const notEmulated: string[] = [];
  let now = NOW;
  const resources = { "aws_wafv2_web_acl.edge": { default_action: defaultAction, rule: rules }, ...extra };
  const deployment = deploymentOf(resources);
  const context = { deployment, clock: () => now, notEmulated: (what: string) => void notEmulated.push(what) };
  const decide = compileFirewall(deployment.get("aws_wafv2_web_acl.edge"), context);
  return {
    notEmulated,
    wait: (ms: number) => (now += ms),
    blocks: (request: Partial<ViewerRequest>) => decide(viewerRequest(request))?.rule,
    decide: (request: Partial<ViewerRequest>) => decide(viewerRequest(request)),
  };
}

const block = { block: {} };
const rule = (name: string, priority: number, action: Values, statement: Values) => ({
  name,
  priority,
  action,
  statement,
});
const geo = (...codes: string[]) => ({ geo_match_statement: { country_codes: codes } });
const path = (search: string, constraint: string, ...types: string[]) => ({
  byte_match_statement: {
    search_string: search,
    positional_constraint: constraint,
    field_to_match: [{ uri_path: {} }],
    text_transformation: types.map((type, priority) => ({ priority, type })),
  },
});

test("rules run by priority; allow and block end it, count does not", () => {
  const acl = firewall([
    rule("last", 9, block, geo("US", "GB", "DE")),
    rule("first", 1, { count: {} }, geo("US")),
    rule("second", 2, { allow: {} }, geo("GB")),
  ]);
  expect(acl.blocks({ country: "US" })).toBe("last");
  expect(acl.blocks({ country: "GB" })).toBeUndefined();
  expect(acl.blocks({ country: "NL" })).toBeUndefined();
});

test("the default action blocks what no rule decides", () => {
  const acl = firewall([rule("home", 1, { allow: {} }, geo("NL"))], block);
  expect(acl.blocks({ country: "NL" })).toBeUndefined();
  expect(acl.blocks({ country: "US" })).toBe("default_action");
});

test("a block may answer with its own status and headers", () => {
  const custom = { response_code: 429, response_header: [{ name: "Retry-After", value: "60" }] };
  const acl = firewall([rule("slow", 1, { block: { custom_response: custom } }, geo("NL"))]);
  expect(acl.decide({})).toEqual({ rule: "slow", status: 429, headers: { "retry-after": "60" } });
});

test.each([
  ["STARTS_WITH", "/play/", "/play/a", "/a/play/"],
  ["EXACTLY", "/play", "/play", "/play/"],
  ["ENDS_WITH", ".m3u8", "/a.m3u8", "/a.m3u8x"],
  ["CONTAINS", "/../", "/a/../b", "/a/b"],
  ["CONTAINS_WORD", "admin", "/a/admin.x", "/a/administrator"],
])("%s compares the path", (constraint, search, hit, miss) => {
  const acl = firewall([rule("path", 1, block, path(search, constraint, "NONE"))]);
  expect(acl.blocks({ path: hit })).toBe("path");
  expect(acl.blocks({ path: miss })).toBeUndefined();
});

test("transformations run in their order before the comparison", () => {
  const acl = firewall([rule("path", 1, block, path("/play", "STARTS_WITH", "URL_DECODE", "LOWERCASE"))]);
  expect(acl.blocks({ path: "/%50LAY/x" })).toBe("path");
  const plain = firewall([rule("path", 1, block, path("/play", "STARTS_WITH", "NONE"))]);
  expect(plain.blocks({ path: "/%50LAY/x" })).toBeUndefined();
});

test("a path is compared as the edge routes it: escapes, dot segments and double slashes hide nothing", () => {
  const acl = firewall([rule("mint", 1, block, path("/play/", "STARTS_WITH", "URL_DECODE", "NORMALIZE_PATH"))]);
  for (const hidden of ["/%70lay/x", "//play/x", "/./play/x", "/v1/../play/x"]) {
    expect([hidden, acl.blocks({ path: hidden })]).toEqual([hidden, "mint"]);
  }
  expect(acl.blocks({ path: "/play/../v1/x" })).toBeUndefined();
});

test("and, or and not combine statements", () => {
  const not = (statement: Values) => ({ not_statement: { statement } });
  const acl = firewall([
    rule("and", 1, block, { and_statement: { statement: [path("/v1/", "STARTS_WITH", "NONE"), not(geo("NL"))] } }),
    rule("or", 2, block, { or_statement: { statement: [geo("RU"), path("/x", "EXACTLY", "NONE")] } }),
  ]);
  expect(acl.blocks({ path: "/v1/a", country: "US" })).toBe("and");
  expect(acl.blocks({ path: "/v1/a", country: "NL" })).toBeUndefined();
  expect(acl.blocks({ path: "/x", country: "NL" })).toBe("or");
});

test("a set of addresses is looked up by its ARN", () => {
  const set = { "aws_wafv2_ip_set.bad": { arn: "arn:set", addresses: ["127.0.0.8/29"] } };
  const reference = { ip_set_reference_statement: { arn: "arn:set" } };
  const acl = firewall([rule("set", 1, block, reference)], undefined, set);
  expect(acl.blocks({ address: "127.0.0.9" })).toBe("set");
  expect(acl.blocks({ address: "127.0.0.1" })).toBeUndefined();
  expect(() => firewall([rule("set", 1, block, reference)])).toThrow(
    'ip_set_reference_statement.arn: no aws_wafv2_ip_set has the ARN "arn:set"',
  );
});

test("a rate counts what its scope matches, for each address, in a sliding window", () => {
  const limit = {
    limit: 2,
    evaluation_window_sec: 60,
    aggregate_key_type: "IP",
    scope_down_statement: path("/play", "STARTS_WITH", "NONE"),
  };
  const acl = firewall([rule("rate", 1, block, { rate_based_statement: limit })]);
  const play = (address = "127.0.0.1") => acl.blocks({ path: "/play", address });
  expect([play(), acl.blocks({ path: "/other" }), play(), play(), play("127.0.0.2")]).toEqual([
    undefined,
    undefined,
    undefined,
    "rate",
    undefined,
  ]);
  acl.wait(59_000);
  expect(play()).toBe("rate");
  acl.wait(1_000);
  expect(play()).toBeUndefined();
});

test("what runs at AWS only is named and matches nothing", () => {
  const managed = { managed_rule_group_statement: { vendor_name: "AWS", name: "AWSManagedRulesCommonRuleSet" } };
  const acl = firewall([
    { name: "managed", priority: 1, override_action: { none: {} }, statement: managed },
    rule("sqli", 2, block, { sqli_match_statement: { field_to_match: {} } }),
  ]);
  expect(acl.notEmulated).toEqual(["managed rule group AWS/AWSManagedRulesCommonRuleSet", "sqli_match_statement"]);
  expect(acl.blocks({})).toBeUndefined();
});

test("rules in JSON are refused", () => {
  const deployment = deploymentOf({ "aws_wafv2_web_acl.edge": { rule_json: "[]" } });
  const context = { deployment, clock: () => NOW, notEmulated: () => undefined };
  expect(() => compileFirewall(deployment.get("aws_wafv2_web_acl.edge"), context)).toThrow(
    "aws_wafv2_web_acl.edge.rule_json: not read here, allowed: rule blocks; write the rules as blocks",
  );
});

describe("a rule group", () => {
  const reference = { rule_group_reference_statement: { arn: "arn:group" } };
  const outer = { name: "withdrawn", priority: 1, override_action: { none: {} }, statement: reference };
  const group = (rules: Values[]) => ({ "aws_wafv2_rule_group.takedown": { arn: "arn:group", rule: rules } });
  const inner = rule("title", 0, block, path("/v1/a/", "STARTS_WITH", "NONE"));

  test("decides by its own rules, under their names, and lets pass what none of them decides", () => {
    const acl = firewall([outer, rule("geo", 2, block, geo("US"))], undefined, group([inner]));
    expect(acl.blocks({ path: "/v1/a/x" })).toBe("title");
    expect(acl.blocks({ path: "/v1/b/x" })).toBeUndefined();
    expect(acl.blocks({ path: "/v1/b/x", country: "US" })).toBe("geo");
  });

  test("only counts where it is overridden", () => {
    const acl = firewall([{ ...outer, override_action: { count: {} } }], undefined, group([inner]));
    expect(acl.blocks({ path: "/v1/a/x" })).toBeUndefined();
  });

  test("holds what an operator gave it last, in place of what the stack has", () => {
    let operated: Values[] | undefined;
    const deployment = deploymentOf({
      "aws_wafv2_web_acl.edge": { default_action: { allow: {} }, rule: [outer] },
      ...group([inner]),
    });
    const decide = compileFirewall(deployment.get("aws_wafv2_web_acl.edge"), {
      deployment,
      clock: () => NOW,
      notEmulated: () => undefined,
      operatedRules: (arn) => (arn === "arn:group" ? operated : undefined),
    });
    const blocked = (path: string) => decide(viewerRequest({ path }))?.rule;
    expect(blocked("/v1/a/x")).toBe("title");
    operated = [rule("other", 0, block, path("/v1/b/", "STARTS_WITH", "NONE"))];
    expect([blocked("/v1/a/x"), blocked("/v1/b/x")]).toEqual([undefined, "other"]);
    operated = [];
    expect(blocked("/v1/b/x")).toBeUndefined();
  });

  test("that is not there is named", () => {
    expect(() => firewall([outer])).toThrow(
      'rule_group_reference_statement.arn: no aws_wafv2_rule_group has the ARN "arn:group"',
    );
  });
});

test("a regular expression is searched in the path as the edge routes it", () => {
  const statement = (expression: string) => ({
    regex_match_statement: {
      regex_string: expression,
      field_to_match: { uri_path: {} },
      text_transformation: [
        { priority: 0, type: "URL_DECODE" },
        { priority: 1, type: "NORMALIZE_PATH" },
      ],
    },
  });
  const acl = firewall([rule("title", 1, block, statement("^/v1/(?:aa|bb)/"))]);
  for (const hidden of ["/v1/aa/x", "/v1/bb/x", "/%761/aa/x", "//v1/./aa/x", "/x/../v1/aa/y"]) {
    expect([hidden, acl.blocks({ path: hidden })]).toEqual([hidden, "title"]);
  }
  expect(acl.blocks({ path: "/v1/cc/x" })).toBeUndefined();
  expect(firewall([rule("bad", 1, block, statement("("))]).notEmulated).toEqual([
    "regex_match_statement as it is written",
  ]);
});
