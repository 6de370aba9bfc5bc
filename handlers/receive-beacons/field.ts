import { describeValue } from "../shared/read-event";

/** What one member of an object may be. */
export interface Field {
  /** In words, for whoever sent something else. */
  readonly allowed: string;
  readonly fits: (value: unknown) => boolean;
  readonly optional?: true;
}

export type Fields = Readonly<Record<string, Field>>;

export function number(min: number, max: number): Field {
  const fits = (value: unknown): boolean => typeof value === "number" && value >= min && value <= max;
  return { allowed: `a number from ${min} to ${max}`, fits };
}

export function wholeNumber(min: number, max: number): Field {
  const { fits } = number(min, max);
  return { allowed: `a whole number from ${min} to ${max}`, fits: (value) => Number.isInteger(value) && fits(value) };
}

export function oneOf(...allowed: readonly string[]): Field {
  return { allowed: allowed.join(" or "), fits: (value) => allowed.some((one) => one === value) };
}

export function matching(pattern: RegExp, allowed: string): Field {
  return { allowed, fits: (value) => typeof value === "string" && pattern.test(value) };
}

export function optional(field: Field): Field {
  return { ...field, optional: true };
}

/** Everything that is wrong with an object's members, those that nobody knows among them. */
export function problemsOf(value: Readonly<Record<string, unknown>>, path: string, fields: Fields): string[] {
  const at = (name: string): string => (path === "" ? name : `${path}.${name}`);
  const wrong = Object.entries(fields).flatMap(([name, { allowed, fits, optional: spared }]) => {
    const got = value[name];
    if (got === undefined ? spared : fits(got)) return [];
    return [`${at(name)} must be ${allowed}, got ${describeValue(got)}`];
  });
  const unknown = Object.keys(value).filter((name) => !Object.hasOwn(fields, name));
  const known = Object.keys(fields).join(", ");
  return [...wrong, ...unknown.map((name) => `${at(name.slice(0, 40))} is not known, allowed are ${known}`)];
}
