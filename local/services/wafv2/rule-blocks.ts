import { isObject } from "../json-protocol";

type Values = Readonly<Record<string, unknown>>;

/** Lists that Terraform writes as repeated blocks, in the singular. */
const SINGULAR: Readonly<Record<string, string>> = {
  TextTransformations: "text_transformation",
  Statements: "statement",
  ResponseHeaders: "response_header",
};

/** A rule as the API has it, under the keys that Terraform has for it. */
export function ruleBlock(rule: Values): Values {
  return Object.fromEntries(Object.entries(rule).map(([name, value]) => [keyOf(name), valueOf(name, value)]));
}

function keyOf(name: string): string {
  return SINGULAR[name] ?? name.replace(/(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, "_").toLowerCase();
}

function valueOf(name: string, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => valueOf("", item));
  if (isObject(value)) return ruleBlock(value);
  // Bytes, which the API carries as base64.
  if (name === "SearchString" && typeof value === "string") return Buffer.from(value, "base64").toString("utf8");
  return value;
}
