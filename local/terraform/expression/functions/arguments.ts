import { ExpressionError, type Value } from "../syntax";
import { isList, isObject, toText, typeName } from "../values";

export type TerraformFunction = (args: readonly Value[]) => Value;

/** The arguments of one call, read with errors that name the function and the position. */
export class Arguments {
  constructor(
    private readonly name: string,
    readonly values: readonly Value[],
  ) {}

  text(index: number): string {
    return toText(this.values[index], this.label(index));
  }

  number(index: number): number {
    const value = this.values[index];
    const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
    if (typeof number === "number" && !Number.isNaN(number)) return number;
    throw new ExpressionError(`${this.label(index)} must be a number, got ${typeName(value)}`);
  }

  whole(index: number): number {
    const number = this.number(index);
    if (!Number.isInteger(number)) throw new ExpressionError(`${this.label(index)} must be a whole number`);
    return number;
  }

  list(index: number): readonly Value[] {
    const value = this.values[index];
    if (value !== undefined && isList(value)) return value;
    throw new ExpressionError(`${this.label(index)} must be a list, got ${typeName(value)}`);
  }

  object(index: number): { readonly [key: string]: Value } {
    const value = this.values[index];
    if (isObject(value)) return value;
    throw new ExpressionError(`${this.label(index)} must be an object, got ${typeName(value)}`);
  }

  failure(problem: string): ExpressionError {
    return new ExpressionError(`${this.name}: ${problem}`);
  }

  private label(index: number): string {
    return `${this.name}: argument ${index + 1}`;
  }
}

/** A function with the number of arguments that it takes; `most` is infinite where the last one may repeat. */
export function define(
  name: string,
  least: number,
  most: number,
  body: (args: Arguments) => Value,
): Record<string, TerraformFunction> {
  const allowed = least === most ? `${least}` : most === Infinity ? `${least} or more` : `${least} to ${most}`;
  return {
    [name]: (values) => {
      const args = new Arguments(name, values);
      if (values.length >= least && values.length <= most) return body(args);
      throw args.failure(`takes ${allowed} ${allowed === "1" ? "argument" : "arguments"}, got ${values.length}`);
    },
  };
}
