import { isObject } from "../json-protocol";
import { compileMatcher, onlyEntry, type ScalarTest } from "./matchers";

/** Whether an event is what a rule asks for. */
export type EventPattern = (event: unknown) => boolean;

/** Tests the value at one place of an event; `root` is the whole event. */
type NodeTest = (value: unknown, root: unknown) => boolean;

/**
 * Compiles an event pattern (JSON) with all comparisons that EventBridge documents, see
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html. Fields that a pattern does
 * not name are ignored. A list in an event matches when one of its elements does, and all fields asked of an object in
 * a list must hold for the same element. `where` names the rule; every problem is reported at once.
 */
export function compilePattern(source: string, where: string): EventPattern {
  const problems: string[] = [];
  const pattern = parse(source, where);
  const test = compileObject(pattern, [], problems);
  if (problems.length > 0) throw new Error(`${where}: the event pattern is not valid: ${problems.join("; ")}`);
  return (event) => test(event, event);
}

function parse(source: string, where: string): Record<string, unknown> {
  let pattern: unknown;
  try {
    pattern = JSON.parse(source);
  } catch (error) {
    throw new Error(`${where}: the event pattern must be JSON: ${(error as Error).message}`);
  }
  if (!isObject(pattern)) throw new Error(`${where}: the event pattern must be a JSON object`);
  return pattern;
}

function compileObject(pattern: Record<string, unknown>, path: readonly string[], problems: string[]): NodeTest {
  const fields = Object.entries(pattern);
  if (fields.length === 0) problems.push(`${name(path)} must name at least one field`);
  const tests = fields.map(([key, rule]): NodeTest => {
    if (key === "$or") return compileOr(rule, path, problems);
    const inner = compileField(rule, [...path, key], problems);
    return (value, root) => inner(isObject(value) ? value[key] : undefined, root);
  });
  const all: NodeTest = (value, root) => tests.every((test) => test(value, root));
  return (value, root) =>
    Array.isArray(value) ? elements(value).some((element) => all(element, root)) : all(value, root);
}

function compileOr(rule: unknown, path: readonly string[], problems: string[]): NodeTest {
  if (!Array.isArray(rule) || rule.length < 2 || !rule.every(isObject)) {
    problems.push(`${name([...path, "$or"])} must be a list of at least two patterns`);
    return () => false;
  }
  const tests = rule.map((alternative) => compileObject(alternative, path, problems));
  return (value, root) => tests.some((test) => test(value, root));
}

function compileField(rule: unknown, path: readonly string[], problems: string[]): NodeTest {
  if (isObject(rule)) return compileObject(rule, path, problems);
  if (!Array.isArray(rule) || rule.length === 0) {
    problems.push(`${name(path)} must be an object or a list of at least one value`);
    return () => false;
  }
  const tests = rule.map((matcher): NodeTest => {
    try {
      return compileEntry(matcher, path);
    } catch (error) {
      problems.push(`${name(path)}: ${(error as Error).message}`);
      return () => false;
    }
  });
  return (value, root) => tests.some((test) => test(value, root));
}

function compileEntry(matcher: unknown, path: readonly string[]): NodeTest {
  if (isObject(matcher) && "exists" in matcher) {
    const [, wanted] = onlyEntry(matcher);
    if (typeof wanted !== "boolean") throw new Error(`exists takes true or false, got ${JSON.stringify(wanted)}`);
    // Absence is asked of the whole event: in a list of objects no element may have the field.
    return wanted ? (value) => scalars(value).length > 0 : (_, root) => !isPresent(root, path);
  }
  const test: ScalarTest = compileMatcher(matcher);
  return (value) => scalars(value).some(test);
}

/** Only leaves are compared: an object, or a list without any, has no value of its own. */
function scalars(value: unknown): unknown[] {
  if (value === undefined || isObject(value)) return [];
  return Array.isArray(value) ? value.flatMap(scalars) : [value];
}

function isPresent(value: unknown, path: readonly string[]): boolean {
  if (Array.isArray(value)) return value.some((element) => isPresent(element, path));
  const [key, ...rest] = path;
  if (key === undefined) return scalars(value).length > 0;
  return isObject(value) && isPresent(value[key], rest);
}

/** Elements of a list, nested ones included; an empty list is a place without fields. */
function elements(value: unknown[]): unknown[] {
  const flat = value.flat(Number.POSITIVE_INFINITY);
  return flat.length > 0 ? flat : [undefined];
}

const name = (path: readonly string[]): string => (path.length > 0 ? path.join(".") : "the pattern");
