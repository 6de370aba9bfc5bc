import { ExpressionError } from "../../local/terraform/expression";
import type { Node } from "../../local/terraform/expression/syntax";
import { parsedTemplate } from "./gate-expressions";
import { readStrictJson, StrictJsonError } from "./gate-json";
import { type AllowedTypes, excerpt, isObject, onlyKeys, type Violation } from "./gate-rules";

/** `Transform` is not among them: a macro runs code over the template. */
const SECTIONS = ["AWSTemplateFormatVersion", "Description", "Resources", "Outputs"];
/** Attributes whose values hold no quotation mark, so that nothing can be added to the body through them. */
const QUOTELESS = ["arn", "id", "name", "bucket"];

/** A CloudFormation body is a stack in a stack: its types are judged too. */
export function judgeCloudFormation(address: string, body: unknown, allowed: AllowedTypes): Violation[] {
  const where = `${address}.template_body`;
  try {
    if (typeof body !== "string") throw new StrictJsonError(`no text: ${excerpt(body)}`);
    const holes: Violation[] = [];
    const document = readStrictJson(filled(parsedTemplate(body), where, holes));
    return [...holes, ...judgeDocument(document, where, allowed)];
  } catch (error) {
    if (!(error instanceof ExpressionError) && !(error instanceof StrictJsonError)) throw error;
    return [{ where, got: `a body that cannot be judged (${error.message})`, allowed: "JSON with references in it" }];
  }
}

function judgeDocument(document: unknown, where: string, allowed: AllowedTypes): Violation[] {
  const wrong = onlyKeys(document, where, SECTIONS);
  const resources = isObject(document) && isObject(document.Resources) ? document.Resources : {};
  return [
    ...wrong,
    ...Object.entries(resources).flatMap(([name, resource]) => {
      const type = isObject(resource) ? resource.Type : undefined;
      if (typeof type === "string" && allowed.cloudformation.includes(type)) return [];
      return [{ where: `${where}.Resources.${name}`, got: excerpt(type), allowed: allowed.cloudformation.join(", ") }];
    }),
  ];
}

/** The text with a word in place of each expression. */
function filled(node: Node, where: string, holes: Violation[]): string {
  if (node.kind === "literal" && typeof node.value === "string") return node.value;
  if (node.kind === "template") return node.parts.map((part) => filled(part, where, holes)).join("");
  if (node.kind === "interpolation" && !isQuoteless(node.of)) {
    holes.push({ where, got: node.source, allowed: `${QUOTELESS.join(", ")} of a resource` });
  }
  return "expression";
}

function isQuoteless(node: Node): boolean {
  if (node.kind !== "reference" || node.steps.length !== 2) return false;
  const last = node.steps[1];
  return node.root.startsWith("aws_") && last?.kind === "attribute" && QUOTELESS.includes(last.name);
}
