import { isList, isObject, toText } from "../values";
import { type Arguments, define } from "./arguments";

/** What one reads as a character; Terraform counts these, not code points. */
const characters = (text: string) => Array.from(new Intl.Segmenter("en").segment(text), ({ segment }) => segment);

/** @see https://developer.hashicorp.com/terraform/language/functions */
export const stringFunctions = {
  ...define("lower", 1, 1, (args) => args.text(0).toLowerCase()),
  ...define("upper", 1, 1, (args) => args.text(0).toUpperCase()),
  ...define("trimspace", 1, 1, (args) => args.text(0).trim()),
  ...define("trimprefix", 2, 2, (args) => {
    const [text, prefix] = [args.text(0), args.text(1)];
    return text.startsWith(prefix) ? text.slice(prefix.length) : text;
  }),
  ...define("trimsuffix", 2, 2, (args) => {
    const [text, suffix] = [args.text(0), args.text(1)];
    return text.endsWith(suffix) ? text.slice(0, text.length - suffix.length) : text;
  }),
  ...define("split", 2, 2, (args) => (args.text(0) === "" ? [...args.text(1)] : args.text(1).split(args.text(0)))),
  ...define("join", 2, Infinity, (args) =>
    args.values
      .slice(1)
      .flatMap((_, index) => args.list(index + 1).map((item) => toText(item, "join: an element")))
      .join(args.text(0)),
  ),
  ...define("substr", 3, 3, substring),
  ...define("replace", 3, 3, replace),
  ...define("length", 1, 1, (args) => {
    const value = args.values[0] ?? null;
    if (isList(value)) return value.length;
    return isObject(value) ? Object.keys(value).length : characters(args.text(0)).length;
  }),
};

/** A negative offset counts from the end; a length of -1 takes all that is left. */
function substring(args: Arguments): string {
  const text = characters(args.text(0));
  const offset = args.whole(1);
  const length = args.whole(2);
  const start = offset < 0 ? Math.max(0, text.length + offset) : offset;
  return text.slice(start, length < 0 ? undefined : start + length).join("");
}

function replace(args: Arguments): string {
  const [text, search, replacement] = [args.text(0), args.text(1), args.text(2)];
  const pattern = search.length > 1 && search.startsWith("/") && search.endsWith("/") ? search.slice(1, -1) : undefined;
  if (pattern === undefined) return text.replaceAll(search, () => replacement);
  return text.replace(regularExpression(args, pattern), (...match: unknown[]) => expanded(replacement, match));
}

function regularExpression(args: Arguments, pattern: string): RegExp {
  try {
    return new RegExp(pattern.replaceAll("(?P<", "(?<"), "gu"); // Go spells a named group with a P
  } catch {
    throw args.failure("the pattern between the slashes is no regular expression");
  }
}

/** `$1`, `${1}`, `$name`, `$$` as Go expands them: the longest name counts, and an unknown one is empty. */
function expanded(replacement: string, match: readonly unknown[]): string {
  const last = match.at(-1);
  const groups = typeof last === "object" && last !== null ? (last as Record<string, string | undefined>) : {};
  const numbered = match.slice(
    0,
    match.findIndex((part) => typeof part === "number"),
  );
  return replacement.replace(/\$(?:(\w+)|\{(\w+)\}|(\$))/g, (_, bare?: string, braced?: string, dollar?: string) => {
    if (dollar) return "$";
    const name = bare ?? braced ?? "";
    const group = /^\d+$/.test(name) ? numbered[Number(name)] : groups[name];
    return typeof group === "string" ? group : "";
  });
}
