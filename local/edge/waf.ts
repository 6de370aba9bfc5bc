import { block, blocks, type Resource } from "../terraform/deployment";
import type { ResponseHeaders, ViewerRequest } from "./types";
import { number, text, type Values } from "./values";
import { compileStatement, type Predicate, type StatementContext } from "./waf-statement";

/** What the firewall decided; undefined lets the request pass. */
export interface WafBlock {
  readonly rule: string;
  readonly status: number;
  readonly headers: ResponseHeaders;
}

export type Firewall = (request: ViewerRequest) => WafBlock | undefined;

interface Rule {
  readonly name: string;
  readonly priority: number;
  readonly matches: Predicate;
  /** Undefined: counted only, evaluation goes on. */
  readonly decision?: "allow" | WafBlock;
}

/** Compiles an `aws_wafv2_web_acl`: rules by ascending priority, the first that allows or blocks decides. */
export function compileFirewall(acl: Resource, context: StatementContext): Firewall {
  if (text(acl.values, "rule_json")) {
    throw new Error(`${acl.address}.rule_json: not read here, allowed: rule blocks; write the rules as blocks`);
  }
  const rules = blocks(acl.values, "rule")
    .map((rule) => compileRule(rule, context))
    .sort((a, b) => a.priority - b.priority);
  const defaultBlock = block(block(acl.values, "default_action") ?? {}, "block");
  const otherwise = defaultBlock && blockDecision("default_action", defaultBlock);
  return (request) => {
    for (const rule of rules) {
      if (!rule.matches(request) || rule.decision === undefined) continue;
      return rule.decision === "allow" ? undefined : rule.decision;
    }
    return otherwise;
  };
}

function compileRule(rule: Values, context: StatementContext): Rule {
  const name = text(rule, "name") ?? "";
  const action = block(rule, "action");
  const blocked = action && block(action, "block");
  const allowed = action && block(action, "allow");
  const statement = block(rule, "statement");
  if (!statement) throw new Error(`aws_wafv2_web_acl rule ${name}: has no statement`);
  return {
    name,
    priority: number(rule, "priority") ?? 0,
    matches: compileStatement(statement, context),
    decision: blocked ? blockDecision(name, blocked) : allowed ? "allow" : undefined,
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
