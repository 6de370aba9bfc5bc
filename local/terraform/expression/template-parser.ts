import type { Cursor } from "./cursor";
import { ExpressionError, type Node } from "./syntax";

type ParseExpression = (cursor: Cursor) => Node;
type Part = Node & { trimBefore?: boolean; trimAfter?: boolean };

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", '"': '"', "\\": "\\" };

/**
 * A template: text with `${...}` in it. `quoted`: it stands in quotation marks inside an expression, ends at the
 * closing one and knows backslash escapes; otherwise it is a whole string of the JSON, where a backslash is itself.
 * @see https://developer.hashicorp.com/terraform/language/expressions/strings
 */
export function parseTemplate(cursor: Cursor, quoted: boolean, parseExpression: ParseExpression): Node {
  const parts: Part[] = [];
  let text = "";
  const flush = () => {
    if (text !== "") parts.push({ kind: "literal", value: text });
    text = "";
  };
  for (;;) {
    if (quoted ? cursor.take('"') : cursor.atEnd) break;
    if (cursor.atEnd) throw cursor.failure("a quotation mark is not closed");
    if (cursor.take("$${")) text += "${";
    else if (cursor.take("%%{")) text += "%{";
    else if (cursor.startsWith("%{")) throw cursor.failure("template directives (%{ if }, %{ for }) are not supported");
    else if (cursor.startsWith("${")) {
      flush();
      parts.push(interpolation(cursor, parseExpression));
    } else if (quoted && cursor.take("\\")) text += escape(cursor);
    else text += cursor.text[cursor.position++] ?? "";
  }
  flush();
  return assemble(trimmed(parts));
}

function interpolation(cursor: Cursor, parseExpression: ParseExpression): Part {
  const start = cursor.position;
  cursor.expect("${", "at an interpolation");
  try {
    const trimBefore = cursor.take("~");
    const of = parseExpression(cursor);
    cursor.skipSpace();
    const trimAfter = cursor.take("~");
    cursor.expect("}", "at the end of an interpolation");
    return { kind: "interpolation", source: cursor.text.slice(start, cursor.position), of, trimBefore, trimAfter };
  } catch (error) {
    if (error instanceof ExpressionError) throw new ExpressionError(error.problem, cursor.text.slice(start));
    throw error;
  }
}

function escape(cursor: Cursor): string {
  const unicode = cursor.match(/u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}/y);
  if (unicode) return String.fromCodePoint(parseInt(unicode.slice(1), 16));
  const character = ESCAPES[cursor.text[cursor.position] ?? ""];
  if (character === undefined) {
    throw cursor.failure(
      `\\${cursor.text[cursor.position] ?? ""} is no escape: there are \\n \\r \\t \\" \\\\ \\uNNNN \\UNNNNNNNN`,
    );
  }
  cursor.position++;
  return character;
}

/** `${~` and `~}` take away the white space of the text beside them. */
function trimmed(parts: readonly Part[]): Node[] {
  return parts.map((part, index) => {
    if (part.kind !== "literal" || typeof part.value !== "string") return part;
    let text = part.value;
    if (parts[index - 1]?.trimAfter) text = text.trimStart();
    if (parts[index + 1]?.trimBefore) text = text.trimEnd();
    return { kind: "literal", value: text };
  });
}

/** Text alone is a literal, and exactly one `${...}` keeps the type of its value. */
function assemble(parts: readonly Node[]): Node {
  const only = parts[0];
  if (!only) return { kind: "literal", value: "" };
  return parts.length === 1 ? only : { kind: "template", parts };
}
