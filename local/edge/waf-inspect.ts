import { block, blocks } from "../terraform/deployment";
import type { ViewerRequest } from "./types";
import { number, text, type Values } from "./values";

/** The part of a request that a statement looks at, transformed. */
export type Inspect = (request: ViewerRequest) => string;

const TRANSFORMATIONS: Readonly<Record<string, (subject: string) => string>> = {
  NONE: (subject) => subject,
  LOWERCASE: (subject) => subject.toLowerCase(),
  URL_DECODE: (subject) =>
    subject.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
  NORMALIZE_PATH: (subject) => normalisedPath(subject),
  COMPRESS_WHITE_SPACE: (subject) => subject.replace(/[\s\u00a0]+/g, " "),
};

/** Reads `field_to_match` and `text_transformation`; undefined where one of them is not supported here. */
export function inspection(body: Values): Inspect | undefined {
  const subject = subjectOf(block(body, "field_to_match"));
  const steps = blocks(body, "text_transformation")
    .sort((a, b) => (number(a, "priority") ?? 0) - (number(b, "priority") ?? 0))
    .map((one) => TRANSFORMATIONS[text(one, "type") ?? "NONE"]);
  if (!subject || steps.includes(undefined)) return undefined;
  return (request) => steps.reduce((value, step) => step?.(value) ?? value, subject(request));
}

function subjectOf(field: Values | undefined): Inspect | undefined {
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
