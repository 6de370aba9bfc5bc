import { ExpressionError, type Value } from "./syntax";

export function isObject(value: unknown): value is { readonly [key: string]: Value } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

/** Terraform's name for a value's type; errors name the type because the value itself may be secret. */
export function typeName(value: Value | undefined): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (typeof value === "boolean") return "bool";
  if (isList(value)) return "a list";
  return typeof value === "object" ? "an object" : typeof value;
}

/** A primitive as text, as Terraform converts it; `what` names the place in the error. */
export function toText(value: Value | undefined, what: string): string {
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return String(value);
  if (typeof value === "number") return numberText(value);
  throw new ExpressionError(`${what} must be a string, a number or a bool, got ${typeName(value)}`);
}

/** Decimal digits without an exponent, which Terraform never writes. */
export function numberText(value: number): string {
  const [mantissa = "", exponent] = String(value).split("e");
  if (exponent === undefined) return mantissa;
  const [, sign = "", whole = "", fraction = ""] = /^(-?)(\d+)\.?(\d*)$/.exec(mantissa) ?? [];
  const places = Number(exponent);
  if (places < 0) return `${sign}0.${"0".repeat(-places - 1)}${whole}${fraction}`;
  return `${sign}${whole}${fraction.padEnd(places, "0")}`;
}

/** The order of Go's strings: by the bytes of their UTF-8. */
export function byBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

/** A list's or set's elements brought to one type: where primitives differ, all become strings. */
export function unified(items: readonly Value[]): readonly Value[] {
  const types = new Set(items.map((item) => typeof item));
  const primitive = items.every((item) => item !== null && typeof item !== "object");
  return primitive && types.size > 1 ? items.map((item) => toText(item, "an element")) : items;
}
