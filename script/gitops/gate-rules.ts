import allowedTypes from "./allowed-types.json";

/** Something that the gate refuses. */
export interface Violation {
  /** Address, or path in the document. */
  readonly where: string;
  readonly got: string;
  readonly allowed: string;
}

/** What stacks may be made of. */
export interface AllowedTypes {
  /** Terraform resource types. */
  readonly resources: readonly string[];
  /** Types of resources in CloudFormation bodies. */
  readonly cloudformation: readonly string[];
}

/** What the stacks of main synthesise, as committed. */
export const ALLOWED_TYPES: AllowedTypes = allowedTypes;

export type Values = Readonly<Record<string, unknown>>;

const LONGEST_EXCERPT = 80;

export const isObject = (value: unknown): value is Values =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A value of the document as it is quoted in a violation. */
export function excerpt(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > LONGEST_EXCERPT ? `${text.slice(0, LONGEST_EXCERPT)}...` : text;
}

/** Equal whatever the order of keys. */
export const same = (one: unknown, other: unknown): boolean => canonical(one) === canonical(other);

function canonical(value: unknown): string {
  return (
    JSON.stringify(value, (_key, inner: unknown) =>
      isObject(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner,
    ) ?? "undefined"
  );
}

/** A violation for every key of an object that is not in the list; and for what is no object. */
export function onlyKeys(value: unknown, where: string, allowed: readonly string[]): Violation[] {
  if (!isObject(value)) return [{ where, got: excerpt(value), allowed: `an object with ${allowed.join(", ")}` }];
  return Object.keys(value)
    .filter((key) => !allowed.includes(key))
    .map((key) => ({ where: `${where}.${key}`, got: `${key} = ${excerpt(value[key])}`, allowed: allowed.join(", ") }));
}

/** A block that may stand once or as a list of blocks. */
export const blocks = (value: unknown): unknown[] =>
  value === undefined ? [] : Array.isArray(value) ? (value as unknown[]) : [value];
