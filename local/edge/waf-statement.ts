import { block, blocks, type Deployment } from "../terraform/deployment";
import type { Clock } from "../kernel/clock";
import { inCidr } from "./cidr";
import { makeRateLimiter } from "./rate-limiter";
import type { ViewerRequest } from "./types";
import { number, text, texts, type Values } from "./values";
import { compileByteMatch } from "./waf-byte-match";
import { compileRegexMatch } from "./waf-regex-match";

/** Whether a statement matches a request. */
export type Predicate = (request: ViewerRequest) => boolean;

/**
 * The rules that a rule group holds now, as Terraform writes them; undefined for a group that nobody operates. The same
 * list as before means that nothing has changed.
 */
export type OperatedRules = (groupArn: string) => readonly Values[] | undefined;

export interface StatementContext {
  readonly deployment: Deployment;
  readonly clock: Clock;
  /** Rules of a group that is operated beside the stack; the stack's own where it gives none. */
  readonly operatedRules?: OperatedRules;
  /** Called with what runs at AWS only. */
  readonly notEmulated: (what: string) => void;
}

/**
 * Compiles a `statement` block, keys as Terraform writes them. What cannot be run here, such as a managed rule
 * group, is reported and matches nothing.
 * {@link https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statements-list.html}
 */
export function compileStatement(statement: Values, context: StatementContext): Predicate {
  const [kind] = Object.keys(statement).filter((key) => blocks(statement, key).length > 0);
  const body = kind ? block(statement, kind) : undefined;
  if (!kind || !body) throw new Error("aws_wafv2_web_acl: a statement must hold one block such as geo_match_statement");
  switch (kind) {
    case "rate_based_statement":
      return rateBased(body, context);
    case "geo_match_statement":
      return (request) => texts(body, "country_codes").includes(request.country);
    case "byte_match_statement":
      return compileByteMatch(body) ?? unsupported("byte_match_statement on that part of a request", context);
    case "regex_match_statement":
      return compileRegexMatch(body) ?? unsupported("regex_match_statement as it is written", context);
    case "ip_set_reference_statement":
      return ipSet(text(body, "arn") ?? "", context.deployment);
    case "not_statement":
      return negate(inner(body, context)[0]);
    case "and_statement": {
      const parts = inner(body, context);
      return (request) => parts.every((part) => part(request));
    }
    case "or_statement": {
      const parts = inner(body, context);
      return (request) => parts.some((part) => part(request));
    }
    case "managed_rule_group_statement":
      return unsupported(`managed rule group ${text(body, "vendor_name")}/${text(body, "name")}`, context);
    default:
      return unsupported(kind, context);
  }
}

function inner(body: Values, context: StatementContext): Predicate[] {
  return blocks(body, "statement").map((statement) => compileStatement(statement, context));
}

function negate(part: Predicate | undefined): Predicate {
  if (!part) throw new Error("aws_wafv2_web_acl: a not_statement must hold one statement");
  return (request) => !part(request);
}

function unsupported(what: string, context: StatementContext): Predicate {
  context.notEmulated(what);
  return () => false;
}

/** Counts only what the scope-down statement matches. */
function rateBased(body: Values, context: StatementContext): Predicate {
  const aggregate = text(body, "aggregate_key_type") ?? "IP";
  if (aggregate !== "IP" && aggregate !== "CONSTANT") {
    return unsupported(`rate_based_statement by ${aggregate}`, context);
  }
  const scope = block(body, "scope_down_statement");
  const inScope = scope ? compileStatement(scope, context) : () => true;
  const window = number(body, "evaluation_window_sec") ?? 300;
  const limiter = makeRateLimiter(number(body, "limit") ?? 0, window, context.clock);
  return (request) => inScope(request) && limiter.exceeds(aggregate === "IP" ? request.address : "everyone");
}

function ipSet(arn: string, deployment: Deployment): Predicate {
  const set = deployment.all("aws_wafv2_ip_set").find((one) => one.values.arn === arn);
  if (!set) throw new Error(`ip_set_reference_statement.arn: no aws_wafv2_ip_set has the ARN "${arn}"`);
  const ranges = texts(set.values, "addresses");
  return (request) => ranges.some((range) => inCidr(request.address, range));
}
