import { Cursor } from "./expression/cursor";
import { evaluate, type Scope, stepName } from "./expression/evaluate";
import { parseExpression } from "./expression/expression-parser";
import type { Node, Step, Value } from "./expression/syntax";
import { parseTemplate } from "./expression/template-parser";

export type { Scope } from "./expression/evaluate";
export { ExpressionError, type Value } from "./expression/syntax";

/** What an expression reads: `var.x`, `local.x` or a resource's address with the attribute, where one is named. */
export interface Reference {
  readonly root: string;
  readonly name: string;
  readonly attribute?: string;
}

/**
 * A string of the synthesised JSON: text, or an expression template of Terraform's language. A string that is exactly
 * one `${...}` keeps the value's type.
 * @throws {ExpressionError} for what is malformed or not supported, quoting the expression and no value.
 * @see https://developer.hashicorp.com/terraform/language/syntax/json#expression-mapping
 */
export function evaluateTemplate(text: string, scope: Scope): Value {
  return isPlain(text) ? text : evaluate(parse(text), scope);
}

/** Everything that a template refers to, in the order of the text, repetitions included. */
export function templateReferences(text: string): Reference[] {
  return isPlain(text) ? [] : nodeReferences(parse(text));
}

function isPlain(text: string): boolean {
  return !text.includes("${") && !text.includes("%{");
}

function parse(text: string): Node {
  return parseTemplate(new Cursor(text), false, parseExpression);
}

function nodeReferences(node: Node): Reference[] {
  switch (node.kind) {
    case "literal":
      return [];
    case "template":
      return node.parts.flatMap(nodeReferences);
    case "interpolation":
      return nodeReferences(node.of);
    case "list":
      return node.items.flatMap(nodeReferences);
    case "object":
      return node.entries.flat().flatMap(nodeReferences);
    case "call":
      return node.args.flatMap(nodeReferences);
    case "reference":
      return [...named(node.root, node.steps), ...stepReferences(node.steps)];
    case "access":
      return [...nodeReferences(node.of), ...stepReferences(node.steps)];
  }
}

function named(root: string, steps: readonly Step[]): Reference[] {
  const name = stepName(steps[0]);
  return name === undefined ? [] : [{ root, name, attribute: stepName(steps[1]) }];
}

function stepReferences(steps: readonly Step[]): Reference[] {
  return steps.flatMap((step) => {
    if (step.kind === "attribute") return [];
    return step.kind === "index" ? nodeReferences(step.key) : stepReferences(step.steps);
  });
}
