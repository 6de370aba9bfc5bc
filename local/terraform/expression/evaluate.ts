import { functions } from "./functions";
import { ExpressionError, type Node, type Step, type Value } from "./syntax";
import { isList, isObject, toText, typeName } from "./values";

/** What names mean where an expression stands. Each throws an {@link ExpressionError} for a name it does not know. */
export interface Scope {
  variable(name: string): Value;
  local(name: string): Value;
  attribute(address: string, name: string): Value;
}

export function evaluate(node: Node, scope: Scope): Value {
  switch (node.kind) {
    case "literal":
      return node.value;
    case "interpolation":
      return quotingSource(node.source, () => evaluate(node.of, scope));
    case "template":
      return node.parts.map((part) => interpolated(part, scope)).join("");
    case "list":
      return node.items.map((item) => evaluate(item, scope));
    case "object":
      return Object.fromEntries(
        node.entries.map(([key, value]) => [toText(evaluate(key, scope), "a key"), evaluate(value, scope)]),
      );
    case "call":
      return call(node, scope);
    case "reference":
      return reference(node.root, node.steps, scope);
    case "access":
      return access(evaluate(node.of, scope), node.steps, scope);
  }
}

function interpolated(part: Node, scope: Scope): string {
  const text = () => toText(evaluate(part, scope), "what is put into text");
  return part.kind === "interpolation" ? quotingSource(part.source, text) : text();
}

/** The outermost `${...}` is the one that an error quotes. */
function quotingSource<T>(source: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (error instanceof ExpressionError) throw new ExpressionError(error.problem, source);
    throw error;
  }
}

function call({ name, args, expand }: Extract<Node, { kind: "call" }>, scope: Scope): Value {
  const known = functions.get(name);
  if (!known) {
    throw new ExpressionError(
      `the function ${name} is not supported; supported are ${[...functions.keys()].join(", ")}`,
    );
  }
  const values = args.map((arg) => evaluate(arg, scope));
  if (!expand) return known(values);
  const rest = values.pop() ?? null;
  if (!isList(rest)) throw new ExpressionError(`${name}: what stands before ... must be a list, got ${typeName(rest)}`);
  return known([...values, ...rest]);
}

/** Roots that Terraform knows and a synthesised stack of this project never has. */
const FOREIGN_ROOTS = new Set(["data", "module", "each", "count", "self", "path", "terraform", "ephemeral"]);

function reference(root: string, [first, second, ...rest]: readonly Step[], scope: Scope): Value {
  const name = stepName(first);
  if (FOREIGN_ROOTS.has(root) || name === undefined) {
    throw new ExpressionError(`${root} is not supported: only var.NAME, local.NAME and TYPE.NAME.ATTRIBUTE are`);
  }
  const afterName = second ? [second, ...rest] : rest;
  if (root === "var") return access(scope.variable(name), afterName, scope);
  if (root === "local") return access(scope.local(name), afterName, scope);
  const attribute = stepName(second);
  if (attribute === undefined) {
    throw new ExpressionError(
      `${root}.${name} stands for a whole resource, which is not supported: name one attribute`,
    );
  }
  return insideResource(scope.attribute(`${root}.${name}`, attribute), rest, scope);
}

/** The name that a step spells out: `.name` or `["name"]`. */
export function stepName(step: Step | undefined): string | undefined {
  if (step?.kind === "attribute") return step.name;
  if (step?.kind === "index" && step.key.kind === "literal" && typeof step.key.value === "string")
    return step.key.value;
  return undefined;
}

/** A nested block is a list of one to Terraform, and may be a plain object in the JSON. */
function insideResource(value: Value, steps: readonly Step[], scope: Scope): Value {
  const [first, ...rest] = steps;
  const index = first?.kind === "index" ? evaluate(first.key, scope) : first?.kind === "attribute" ? first.name : null;
  const block = isObject(value) && (index === 0 || index === "0") && !Object.hasOwn(value, "0");
  return access(value, block ? rest : steps, scope);
}

function access(value: Value, steps: readonly Step[], scope: Scope): Value {
  const [step, ...rest] = steps;
  if (!step) return value;
  if (step.kind === "splat") {
    const items = value === null ? [] : isList(value) ? value : [value];
    const repeated = items.map((item) => access(item, step.steps, scope));
    return access(repeated, rest, scope);
  }
  const key = step.kind === "attribute" ? step.name : evaluate(step.key, scope);
  return access(member(value, key), rest, scope);
}

function member(value: Value, key: Value): Value {
  if (isList(value)) return element(value, key);
  if (!isObject(value)) throw new ExpressionError(`${typeName(value)} has no attributes and no elements`);
  const name = toText(key, "a key");
  const found = Object.hasOwn(value, name) ? value[name] : undefined;
  if (found === undefined)
    throw new ExpressionError(`no such key; there are ${Object.keys(value).join(", ") || "none"}`);
  return found;
}

function element(list: readonly Value[], key: Value): Value {
  const found = /^\d+$/.test(toText(key, "an index")) ? list[Number(key)] : undefined;
  if (found === undefined) throw new ExpressionError(`no such element: the list has ${list.length}, counted from 0`);
  return found;
}
