import type { ViewerRequest } from "./types";
import { text, type Values } from "./values";
import { inspection } from "./waf-inspect";

type Comparison = (subject: string, search: string) => boolean;

const COMPARISONS: Readonly<Record<string, Comparison>> = {
  EXACTLY: (subject, search) => subject === search,
  STARTS_WITH: (subject, search) => subject.startsWith(search),
  ENDS_WITH: (subject, search) => subject.endsWith(search),
  CONTAINS: (subject, search) => subject.includes(search),
  CONTAINS_WORD: (subject, search) =>
    new RegExp(`(?<![A-Za-z0-9_])${search.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")}(?![A-Za-z0-9_])`).test(subject),
};

/**
 * Compiles a `byte_match_statement`; undefined when it looks at something not supported here.
 * {@link https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-string-match.html}
 */
export function compileByteMatch(body: Values): ((request: ViewerRequest) => boolean) | undefined {
  const inspect = inspection(body);
  const compare = COMPARISONS[text(body, "positional_constraint") ?? ""];
  const search = text(body, "search_string") ?? "";
  return inspect && compare && ((request) => compare(inspect(request), search));
}
