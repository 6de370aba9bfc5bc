import { block, blocks } from "../terraform/deployment";
import type { ViewerRequest } from "./types";
import { number, text, type Values } from "./values";

type Comparison = (subject: string, search: string) => boolean;

const COMPARISONS: Readonly<Record<string, Comparison>> = {
  EXACTLY: (subject, search) => subject === search,
  STARTS_WITH: (subject, search) => subject.startsWith(search),
  ENDS_WITH: (subject, search) => subject.endsWith(search),
  CONTAINS: (subject, search) => subject.includes(search),
  CONTAINS_WORD: (subject, search) =>
    new RegExp(`(?<![A-Za-z0-9_])${search.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")}(?![A-Za-z0-9_])`).test(subject),
};

const TRANSFORMATIONS: Readonly<Record<string, (subject: string) => string>> = {
  NONE: (subject) => subject,
  LOWERCASE: (subject) => subject.toLowerCase(),
  URL_DECODE: (subject) =>
    subject.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
  NORMALIZE_PATH: (subject) => normalisedPath(subject),
  COMPRESS_WHITE_SPACE: (subject) => subject.replace(/[\s\u00a0]+/g, " "),
};

/**
 * Compiles a `byte_match_statement`; undefined when it looks at something not supported here.
 * {@link https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-string-match.html}
 */
export function compileByteMatch(body: Values): ((request: ViewerRequest) => boolean) | undefined {
  const subject = subjectOf(block(body, "field_to_match"));
  const compare = COMPARISONS[text(body, "positional_constraint") ?? ""];
  const steps = blocks(body, "text_transformation")
    .sort((a, b) => (number(a, "priority") ?? 0) - (number(b, "priority") ?? 0))
    .map((one) => TRANSFORMATIONS[text(one, "type") ?? "NONE"]);
  const search = text(body, "search_string") ?? "";
  if (!subject || !compare || steps.includes(undefined)) return undefined;
  return (request) => {
    const transformed = steps.reduce((value, step) => step?.(value) ?? value, subject(request));
    return compare(transformed, search);
  };
}

function subjectOf(field: Values | undefined): ((request: ViewerRequest) => string) | undefined {
  if (!field) return undefined;
  if (block(field, "uri_path")) return (request) => request.path;
  if (block(field, "query_string")) return (request) => request.query;
  if (block(field, "method")) return (request) => request.method;
  const header = block(field, "single_header");
  const name = header && text(header, "name")?.toLowerCase();
  return name ? (request) => request.headers[name] ?? "" : undefined;
}

/** Dot segments resolved and runs of slashes made one, as far as the root. */
function normalisedPath(path: string): string {
  const kept: string[] = [];
  for (const part of path.split(/\/+/).slice(1)) {
    if (part === "..") kept.pop();
    else if (part !== ".") kept.push(part);
  }
  return `/${kept.join("/")}`;
}
