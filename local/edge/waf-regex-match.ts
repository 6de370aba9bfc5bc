import type { ViewerRequest } from "./types";
import { text, type Values } from "./values";
import { inspection } from "./waf-inspect";

/**
 * Compiles a `regex_match_statement`; undefined when it looks at something not supported here, or when the expression
 * is none of JavaScript's (WAF's are PCRE, of which the common part is the same).
 * {@link https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-regex-match.html}
 */
export function compileRegexMatch(body: Values): ((request: ViewerRequest) => boolean) | undefined {
  const inspect = inspection(body);
  const expression = parse(text(body, "regex_string") ?? "");
  return inspect && expression && ((request) => expression.test(inspect(request)));
}

function parse(source: string): RegExp | undefined {
  try {
    return new RegExp(source);
  } catch {
    return undefined; // the caller names the statement
  }
}
