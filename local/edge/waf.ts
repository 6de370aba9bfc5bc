import { block, blocks, type Resource } from "../terraform/deployment";
import type { ResponseHeaders, ViewerRequest } from "./types";
import { number, text, type Values } from "./values";
import { compileStatement, type StatementContext } from "./waf-statement";

/** What the firewall decided; undefined lets the request pass. */
export interface WafBlock {
  readonly rule: string;
  readonly status: number;
  readonly headers: ResponseHeaders;
}

export type Firewall = (request: ViewerRequest) => WafBlock | undefined;

interface Rule {
  readonly priority: number;
  readonly decide: Decide;
}

/** Undefined: evaluation goes on. */
type Decide = (request: ViewerRequest) => "allow" | WafBlock | undefined;

/** Compiles an `aws_wafv2_web_acl`: rules by ascending priority, the first that allows or blocks decides. */
export function compileFirewall(acl: Resource, context: StatementContext): Firewall {
  if (text(acl.values, "rule_json")) {
    throw new Error(`${acl.address}.rule_json: not read here, allowed: rule blocks; write the rules as blocks`);
  }
  const decide = compileRules(blocks(acl.values, "rule"), context);
  const defaultBlock = block(block(acl.values, "default_action") ?? {}, "block");
  const otherwise = defaultBlock && blockDecision("default_action", defaultBlock);
  return (request) => {
    const decision = decide(request) ?? otherwise;
    return decision === "allow" ? undefined : decision;
  };
}

function compileRules(rules: readonly Values[], context: StatementContext): Decide {
  const compiled = rules.map((rule) => compileRule(rule, context)).sort((a, b) => a.priority - b.priority);
  return (request) => {
    for (const { decide } of compiled) {
      const decision = decide(request);
      if (decision !== undefined) return decision;
    }
    return undefined;
  };
}

function compileRule(rule: Values, context: StatementContext): Rule {
  const name = text(rule, "name") ?? "";
  const priority = number(rule, "priority") ?? 0;
  const statement = block(rule, "statement");
  if (!statement) throw new Error(`aws_wafv2_web_acl rule ${name}: has no statement`);
  const group = block(statement, "rule_group_reference_statement");
  if (group) {
    const decide = compileGroup(text(group, "arn") ?? "", context);
    const counts = block(block(rule, "override_action") ?? {}, "count") !== undefined;
    return { priority, decide: counts ? () => undefined : decide };
  }
  const action = block(rule, "action");
  const blocked = action && block(action, "block");
  const decision = blocked ? blockDecision(name, blocked) : action && block(action, "allow") ? "allow" : undefined;
  const matches = compileStatement(statement, context);
  return { priority, decide: (request) => (matches(request) ? decision : undefined) };
}

/** A group's own rules decide. They may change while the edge runs, where somebody operates the group. */
function compileGroup(arn: string, context: StatementContext): Decide {
  const group = context.deployment.all("aws_wafv2_rule_group").find(({ values }) => values.arn === arn);
  if (!group) throw new Error(`rule_group_reference_statement.arn: no aws_wafv2_rule_group has the ARN "${arn}"`);
  const planned = blocks(group.values, "rule");
  let running: { readonly rules: readonly Values[]; readonly decide: Decide } | undefined;
  return (request) => {
    const rules = context.operatedRules?.(arn) ?? planned;
    if (running?.rules !== rules) running = { rules, decide: compileRules(rules, context) };
    return running.decide(request);
  };
}

function blockDecision(rule: string, values: Values): WafBlock {
  const custom = block(values, "custom_response");
  const headers = blocks(custom ?? {}, "response_header").map((header) => [
    (text(header, "name") ?? "").toLowerCase(),
    text(header, "value") ?? "",
  ]);
  return {
    rule,
    status: number(custom, "response_code") ?? 403,
    headers: Object.fromEntries(headers) as ResponseHeaders,
  };
}
