import { ok, refused, type Result } from "./result";

/** Turns one variable's text into its value, or says what is allowed. */
export type Reader<T> = (text: string) => Result<T>;

/** What readers make of the variables they are named after. */
export type Values<R> = { [K in keyof R]: R[K] extends Reader<infer T> ? T : never };

export const text: Reader<string> = (value) => (value === "" ? refused("must not be empty") : ok(value));

/** Codes separated by commas; the empty string is the empty list. */
export const list: Reader<readonly string[]> = (value) => ok(value.split(",").filter((code) => code !== ""));

export function oneOf<const T extends string>(...allowed: readonly T[]): Reader<T> {
  return (value) => {
    const found = allowed.find((candidate) => candidate === value);
    return found === undefined ? refused(`must be one of ${allowed.join(", ")}`) : ok(found);
  };
}

export function matching(pattern: RegExp, allowed: string): Reader<string> {
  return (value) => (pattern.test(value) ? ok(value) : refused(`must be ${allowed}`));
}

export function wholeNumber(min: number, max: number): Reader<number> {
  return (value) => {
    const number = Number(value);
    const fits = /^\d+$/.test(value) && number >= min && number <= max;
    return fits ? ok(number) : refused(`must be a whole number from ${min} to ${max}`);
  };
}

/** A share of all, above 0 and up to 1. */
export const share: Reader<number> = (value) => {
  const number = Number(value);
  return /^[\d.]+$/.test(value) && number > 0 && number <= 1 ? ok(number) : refused("must be above 0 and up to 1");
};

/**
 * Reads a function's environment. Throws one error that names every variable which is missing or wrong, so that one
 * failed start tells the whole repair. Values are quoted only where a reader refused them; `secret` ones never are.
 */
export function readEnv<R extends Record<string, Reader<unknown>>>(
  handler: string,
  environment: Readonly<Record<string, string | undefined>>,
  readers: R,
  secret: readonly (keyof R & string)[] = [],
): Values<R> {
  const problems: string[] = [];
  const values: Partial<Record<keyof R, unknown>> = {};
  for (const [name, reader] of Object.entries(readers) as [keyof R & string, Reader<unknown>][]) {
    const value = environment[name];
    const read = value === undefined ? refused("is missing") : reader(value);
    if (read.ok) values[name] = read.value;
    else if (value === undefined || secret.includes(name)) problems.push(`${name} ${read.problem}`);
    else problems.push(`${name} ${read.problem}, got ${JSON.stringify(value)}`);
  }
  if (problems.length > 0) {
    throw new Error(`${handler}: set these environment variables of the function: ${problems.join("; ")}`);
  }
  return values as Values<R>;
}
