import { ExpressionError } from "../../local/terraform/expression";
import { Cursor } from "../../local/terraform/expression/cursor";
import { parseExpression } from "../../local/terraform/expression/expression-parser";
import type { Node, Step } from "../../local/terraform/expression/syntax";
import { parseTemplate } from "../../local/terraform/expression/template-parser";
import { type AllowedTypes, isObject, type Violation } from "./gate-rules";

/**
 * Functions of arguments alone. Left out on purpose: what reads files (`file`, `templatefile`, `fileset`, ...), clocks
 * and chance (`timestamp`, `plantimestamp`, `uuid`, `bcrypt`), what runs text as a template (`templatestring`), and what
 * strips a value's sensitivity (`nonsensitive`).
 * @see https://developer.hashicorp.com/terraform/language/functions
 */
const FUNCTIONS: ReadonlySet<string> = new Set(
  `abs base64decode base64encode base64sha256 can ceil cidrhost cidrsubnet coalesce coalescelist compact concat contains
   distinct element endswith flatten floor format formatlist indent index join jsondecode jsonencode keys length lookup
   lower max md5 merge min one parseint range regex regexall replace reverse setintersection setproduct setsubtract
   setunion sha1 sha256 slice sort split startswith strcontains strrev substr sum title tobool tolist tomap tonumber
   toset tostring trim trimprefix trimspace trimsuffix try upper urlencode values zipmap`.split(/\s+/),
);
/** Functions whose result holds a variable whole, so that what masks it in a log still finds it. */
const KEEPS_WHOLE: ReadonlySet<string> = new Set(["jsonencode"]);
const SIMPLE = "references, indexes and functions only, as the stacks synthesise them";

/** Judges every string of a value, keys among them: both are templates to Terraform. */
export function judgeExpressions(value: unknown, where: string, allowed: AllowedTypes): Violation[] {
  if (typeof value === "string") return judgeTemplate(value, where, allowed);
  if (Array.isArray(value)) return value.flatMap((item, at) => judgeExpressions(item, `${where}[${at}]`, allowed));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    ...judgeTemplate(key, `${where}, the key ${key}`, allowed),
    ...judgeExpressions(inner, where === "" ? key : `${where}.${key}`, allowed),
  ]);
}

export const isTemplate = (text: string): boolean => text.includes("${") || text.includes("%{");

/** @throws {ExpressionError} for what the stacks' own small language does not have. */
export const parsedTemplate = (text: string): Node => parseTemplate(new Cursor(text), false, parseExpression);

function judgeTemplate(text: string, where: string, allowed: AllowedTypes): Violation[] {
  if (!isTemplate(text)) return [];
  try {
    return judgeNode(parsedTemplate(text), { where, allowed });
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    return [{ where, got: `an expression that cannot be judged (${error.message})`, allowed: SIMPLE }];
  }
}

interface Place {
  readonly where: string;
  readonly allowed: AllowedTypes;
  /** The function around this node that may take a variable to pieces. */
  readonly inside?: string;
}

function judgeNode(node: Node, place: Place): Violation[] {
  switch (node.kind) {
    case "literal":
      return [];
    case "template":
      return node.parts.flatMap((part) => judgeNode(part, place));
    case "interpolation":
      return judgeNode(node.of, place);
    case "list":
      return node.items.flatMap((item) => judgeNode(item, place));
    case "object":
      return node.entries.flat().flatMap((entry) => judgeNode(entry, place));
    case "call":
      return judgeCall(node, place);
    case "reference":
      return [...judgeRoot(node.root, place), ...judgeSteps(node.steps, place)];
    case "access":
      return [...judgeNode(node.of, place), ...judgeSteps(node.steps, place)];
  }
}

function judgeCall(node: Node & { kind: "call" }, place: Place): Violation[] {
  const inside = KEEPS_WHOLE.has(node.name) ? place.inside : node.name;
  const inner = node.args.flatMap((arg) => judgeNode(arg, { ...place, inside }));
  if (FUNCTIONS.has(node.name)) return inner;
  const allowed = "functions of their arguments alone: none that reads files, clocks or chance, none of a provider";
  return [{ where: place.where, got: `the function ${node.name}()`, allowed }, ...inner];
}

function judgeRoot(root: string, { where, allowed, inside }: Place): Violation[] {
  if (root === "var" && inside !== undefined) {
    return [{ where, got: `a variable inside ${inside}()`, allowed: "a secret whole, so that logs can mask it" }];
  }
  if (root === "var" || allowed.resources.includes(root)) return [];
  return [{ where, got: `a reference to ${root}`, allowed: "variables, and resources of allowed types" }];
}

function judgeSteps(steps: readonly Step[], place: Place): Violation[] {
  return steps.flatMap((step) => {
    if (step.kind === "attribute") return [];
    return step.kind === "index" ? judgeNode(step.key, place) : judgeSteps(step.steps, place);
  });
}
