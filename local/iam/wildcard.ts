/** One piece of a pattern of a policy: text, `*`, `?`, or a policy variable whose value stands for itself. */
export type PatternPart =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "any" }
  | { readonly kind: "one" }
  | { readonly kind: "variable"; readonly name: string; readonly fallback?: string };

/** Gives a condition key's single value; undefined where the request has none. */
export type ReadVariable = (name: string) => string | undefined;

/** A pattern made ready. False too where a variable has no value: such a statement does not apply. */
export type Matcher = (text: string, variables: ReadVariable) => boolean;

const SPECIAL = /\$\{([*?$])\}|\$\{([^{}]+)\}|([*?])/g;
const VARIABLE = /^\s*([\w:/.-]+)\s*(?:,\s*'([^']*)'\s*)?$/;

/**
 * Takes a pattern apart: wildcards, policy variables, and `${*}`, `${?}`, `${$}` for the characters themselves
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html).
 */
export function patternParts(pattern: string): PatternPart[] {
  const parts: PatternPart[] = [];
  let end = 0;
  for (const match of pattern.matchAll(SPECIAL)) {
    if (match.index > end) parts.push({ kind: "text", text: pattern.slice(end, match.index) });
    parts.push(specialPart(match));
    end = match.index + match[0].length;
  }
  if (end < pattern.length) parts.push({ kind: "text", text: pattern.slice(end) });
  return parts;
}

function specialPart([whole, escaped, variable, wildcard]: RegExpMatchArray): PatternPart {
  if (escaped !== undefined) return { kind: "text", text: escaped };
  if (wildcard !== undefined) return wildcard === "*" ? { kind: "any" } : { kind: "one" };
  const [, name, fallback] = VARIABLE.exec(variable ?? "") ?? [];
  if (name === undefined) throw new Error(`${whole} is not a policy variable: expected \${key} or \${key, 'default'}`);
  return { kind: "variable", name, ...(fallback === undefined ? {} : { fallback }) };
}

export interface MatchOptions {
  readonly ignoreCase?: boolean;
  /** `*` and `?` stand for themselves, as in StringEquals. */
  readonly literal?: boolean;
}

/** Compiles a pattern once; only one with variables is put together anew for each request. */
export function compilePattern(pattern: string, options: MatchOptions = {}): Matcher {
  const parts = patternParts(pattern);
  if (parts.some(({ kind }) => kind === "variable")) {
    return (text, variables) => {
      const filled = fill(parts, variables);
      return filled !== undefined && compile(filled, options)(text);
    };
  }
  return compile(parts, options);
}

function compile(parts: readonly PatternPart[], { ignoreCase = false, literal = false }: MatchOptions) {
  if (!literal && parts.length === 1 && parts[0]?.kind === "any") return () => true;
  const isText = literal || parts.every(({ kind }) => kind === "text");
  if (isText && !ignoreCase) {
    const wanted = parts.map(plain).join("");
    return (text: string) => text === wanted;
  }
  const source = parts.map((part) => (literal ? escape(plain(part)) : expression(part))).join("");
  const regExp = new RegExp(`^${source}$`, ignoreCase ? "is" : "s");
  return (text: string) => regExp.test(text);
}

function fill(parts: readonly PatternPart[], variables: ReadVariable): PatternPart[] | undefined {
  const filled: PatternPart[] = [];
  for (const part of parts) {
    if (part.kind !== "variable") {
      filled.push(part);
      continue;
    }
    const text = variables(part.name) ?? part.fallback;
    if (text === undefined) return undefined;
    filled.push({ kind: "text", text });
  }
  return filled;
}

function expression(part: PatternPart): string {
  if (part.kind === "any") return ".*";
  return part.kind === "one" ? "." : escape(plain(part));
}

function plain(part: PatternPart): string {
  if (part.kind === "any") return "*";
  if (part.kind === "one") return "?";
  return part.kind === "text" ? part.text : "";
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
