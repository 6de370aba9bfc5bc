import { findOperator } from "./operators";
import type { ConditionElement } from "./policy-document";
import type { ReadVariable } from "./wildcard";

/** Values of a condition key in a request; undefined where the request has none. Keys know no case. */
export type ReadKey = (key: string) => readonly string[] | undefined;

/** Whether all conditions of a statement hold for a request. */
export type Condition = (read: ReadKey) => boolean;

const QUALIFIED = /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/;

/** Compiles a condition element; undefined where there is none. */
export function compileConditions(element: ConditionElement, where: string): Condition | undefined {
  const tests = Object.entries(element).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => compileTest(operator, key, values, where)),
  );
  return tests.length === 0 ? undefined : (read) => tests.every((test) => test(read));
}

function compileTest(written: string, key: string, wanted: readonly string[], where: string): Condition {
  if (written === "Null") return compileNull(key, wanted);
  const [, quantifier, name = "", ifExists] = QUALIFIED.exec(written) ?? [];
  const { negated, compares } = compileOperator(name, wanted, `${where}: ${written}`);
  const missing = quantifier === "ForAllValues" || (quantifier === undefined && (negated || ifExists !== undefined));
  return (read) => {
    const given = read(key) ?? [];
    if (given.length === 0) return missing || (quantifier === "ForAnyValue" && ifExists !== undefined);
    const variables = variablesOf(read);
    const holds = (value: string): boolean => compares.some((compare) => compare(value, variables)) !== negated;
    const every = quantifier === "ForAllValues" || (quantifier === undefined && negated);
    return every ? given.every(holds) : given.some(holds);
  };
}

function compileOperator(name: string, wanted: readonly string[], where: string) {
  try {
    const { negated, compile } = findOperator(name);
    return { negated, compares: wanted.map(compile) };
  } catch (error) {
    throw new Error(`${where}: ${(error as Error).message}`);
  }
}

/** `true` asks for the key to be missing, `false` for it to be there. */
function compileNull(key: string, wanted: readonly string[]): Condition {
  return (read) => {
    const missing = String((read(key) ?? []).length === 0);
    return wanted.some((value) => value.toLowerCase() === missing);
  };
}

/** A variable needs a key with one value (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html). */
export function variablesOf(read: ReadKey): ReadVariable {
  return (name) => {
    const values = read(name);
    return values?.length === 1 ? values[0] : undefined;
  };
}
