import type { Cursor } from "./cursor";
import type { Node, Step } from "./syntax";
import { parseTemplate } from "./template-parser";

const IDENTIFIER = /[A-Za-z_][A-Za-z0-9_-]*/y;
const NUMBER = /\d+(\.\d+)?([eE][+-]?\d+)?/y;
const FOR = /\s*for\b/y;
const OPERATOR = /==|!=|<=|>=|&&|\|\||[?:+\-*/%<>!]/y;
const CONSTANTS: ReadonlyMap<string, null | boolean> = new Map([
  ["null", null],
  ["true", true],
  ["false", false],
]);
/** What a double holds for certain: https://en.wikipedia.org/wiki/Double-precision_floating-point_format */
const CERTAIN_DIGITS = 15;

/** Operands with their accesses: no operators, conditionals, `for` or here documents, since the stacks use none. */
export function parseExpression(cursor: Cursor): Node {
  cursor.skipSpace();
  const node = withSteps(cursor, operand(cursor));
  const before = cursor.position;
  cursor.skipSpace();
  const operator = cursor.startsWith("=>") ? undefined : cursor.match(OPERATOR);
  cursor.position = before;
  if (operator && operator !== ":") throw unsupported(cursor, `the operator ${operator}`);
  return node;
}

function operand(cursor: Cursor): Node {
  if (cursor.take('"')) return parseTemplate(cursor, true, parseExpression);
  if (cursor.take("(")) return parenthesised(cursor);
  if (cursor.take("[")) return list(cursor);
  if (cursor.take("{")) return object(cursor);
  const negative = cursor.match(/-(?=\d)/y) !== undefined;
  const digits = cursor.match(NUMBER);
  if (digits !== undefined) return number(cursor, digits, negative);
  const name = cursor.match(IDENTIFIER);
  if (name === undefined) return refuse(cursor);
  const constant = CONSTANTS.get(name);
  if (constant !== undefined) return { kind: "literal", value: constant };
  if (cursor.take("::")) throw unsupported(cursor, "a provider's function");
  if (cursor.take("(")) return call(cursor, name);
  return { kind: "reference", root: name, steps: [] };
}

function refuse(cursor: Cursor): never {
  if (cursor.startsWith("<<")) throw unsupported(cursor, "a here document");
  const operator = cursor.match(OPERATOR);
  if (operator) throw unsupported(cursor, `the operator ${operator}`);
  throw cursor.failure(`expected a value, got ${cursor.here()}`);
}

function unsupported(cursor: Cursor, what: string): Error {
  return cursor.failure(`${what} is not supported: write the value so that it needs references and functions only`);
}

function number(cursor: Cursor, digits: string, negative: boolean): Node {
  const significant = digits
    .replace(/[eE].*/, "")
    .replace(".", "")
    .replace(/^0+/, "");
  if (significant.length > CERTAIN_DIGITS) {
    throw cursor.failure(`a number may have ${CERTAIN_DIGITS} digits at most, got ${significant.length}`);
  }
  return { kind: "literal", value: negative ? -Number(digits) : Number(digits) };
}

function parenthesised(cursor: Cursor): Node {
  const node = parseExpression(cursor);
  cursor.skipSpace();
  cursor.expect(")", "after the expression in parentheses");
  return node;
}

function list(cursor: Cursor): Node {
  if (cursor.match(FOR)) throw unsupported(cursor, "a for expression");
  const items: Node[] = [];
  for (cursor.skipSpace(); !cursor.take("]"); cursor.skipSpace()) {
    items.push(parseExpression(cursor));
    cursor.skipSpace();
    if (!cursor.take(",") && !cursor.startsWith("]"))
      throw cursor.failure(`expected , or ] in a list, got ${cursor.here()}`);
  }
  return { kind: "list", items };
}

function object(cursor: Cursor): Node {
  if (cursor.match(FOR)) throw unsupported(cursor, "a for expression");
  const entries: [Node, Node][] = [];
  for (cursor.skipSpace(); !cursor.take("}"); cursor.skipSpace()) {
    const key = objectKey(cursor);
    cursor.skipSpace();
    if (!cursor.take("=") && !cursor.take(":")) throw cursor.failure(`expected = after a key, got ${cursor.here()}`);
    entries.push([key, parseExpression(cursor)]);
    const newLine = cursor.skipSpace();
    if (!cursor.take(",") && !newLine && !cursor.startsWith("}")) {
      throw cursor.failure(`expected , or } in an object, got ${cursor.here()}`);
    }
  }
  return { kind: "object", entries };
}

/** A bare word is the key itself; anything that is computed stands in parentheses or quotation marks. */
function objectKey(cursor: Cursor): Node {
  const word = cursor.match(IDENTIFIER);
  return word === undefined ? operand(cursor) : { kind: "literal", value: word };
}

function call(cursor: Cursor, name: string): Node {
  const args: Node[] = [];
  let expand = false;
  for (cursor.skipSpace(); !cursor.take(")"); cursor.skipSpace()) {
    args.push(parseExpression(cursor));
    cursor.skipSpace();
    expand = cursor.take("...");
    if (expand) cursor.skipSpace();
    if (!cursor.startsWith(")") && (expand || !cursor.take(","))) {
      throw cursor.failure(`expected ${expand ? ")" : ", or )"} in the arguments of ${name}, got ${cursor.here()}`);
    }
  }
  return { kind: "call", name, args, expand };
}

function withSteps(cursor: Cursor, of: Node): Node {
  const steps = parseSteps(cursor, "all");
  if (steps.length === 0) return of;
  return of.kind === "reference" && of.steps.length === 0 ? { ...of, steps } : { kind: "access", of, steps };
}

/** `.*` repeats the attributes after it, `[*]` whatever comes after it. */
function parseSteps(cursor: Cursor, which: "all" | "attributes"): Step[] {
  const steps: Step[] = [];
  for (;;) {
    if (cursor.startsWith("...")) return steps;
    if (cursor.take(".")) steps.push(cursor.take("*") ? splat(cursor, "attributes") : attribute(cursor));
    else if (which === "all" && cursor.match(/[ \t]*\[\*\]/y)) steps.push(splat(cursor, "all"));
    else if (which === "all" && cursor.match(/[ \t]*\[/y)) steps.push(index(cursor));
    else return steps;
  }
}

function splat(cursor: Cursor, which: "all" | "attributes"): Step {
  return { kind: "splat", steps: parseSteps(cursor, which) };
}

function attribute(cursor: Cursor): Step {
  const name = cursor.match(/[A-Za-z_][A-Za-z0-9_-]*|\d+/y);
  if (name === undefined) throw cursor.failure(`expected a name after the dot, got ${cursor.here()}`);
  return { kind: "attribute", name };
}

function index(cursor: Cursor): Step {
  const key = parseExpression(cursor);
  cursor.skipSpace();
  cursor.expect("]", "after an index");
  return { kind: "index", key };
}
