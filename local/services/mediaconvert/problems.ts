import { AwsError } from "../../kernel/aws-service";
import { isObject } from "../json-protocol";

/** A value somewhere in a request, with its path, so that every refusal can say where. */
export class At {
  constructor(
    readonly value: unknown,
    readonly path: string,
    private readonly problems: string[],
  ) {}

  static root(value: unknown, problems: string[]): At {
    return new At(value, "", problems);
  }

  member(name: string): At {
    return new At(isObject(this.value) ? this.value[name] : undefined, `${this.path}/${name}`, this.problems);
  }

  items(): At[] {
    const list: readonly unknown[] = Array.isArray(this.value) ? this.value : [];
    return list.map((value, index) => new At(value, `${this.path}/${index}`, this.problems));
  }

  entries(): [string, At][] {
    const names = isObject(this.value) ? Object.keys(this.value) : [];
    return names.map((name) => [name, this.member(name)]);
  }

  get present(): boolean {
    return this.value !== undefined && this.value !== null;
  }

  refuse(text: string): void {
    this.problems.push(`${this.path}: ${text}`);
  }

  /** A non-empty list of objects. */
  requireObjects(): At[] {
    const items = this.items();
    if (items.length === 0) this.refuse("is required and must be a list that is not empty");
    return items.filter((item) => {
      if (!isObject(item.value)) item.refuse("must be an object");
      return isObject(item.value);
    });
  }

  oneOf(allowed: readonly string[]): string | undefined {
    if (typeof this.value === "string" && allowed.includes(this.value)) return this.value;
    this.refuse(`must be one of ${allowed.join(", ")}, got ${shown(this.value)}`);
    return undefined;
  }

  /** A whole number within bounds, both included, where it is given. */
  integer(minimum: number, maximum: number): number | undefined {
    if (!this.present) return undefined;
    const number = this.value;
    if (typeof number === "number" && Number.isInteger(number) && number >= minimum && number <= maximum) return number;
    this.refuse(`must be a whole number from ${minimum} to ${maximum}, got ${shown(number)}`);
    return undefined;
  }

  text(): string | undefined {
    if (typeof this.value === "string" && this.value !== "") return this.value;
    this.refuse(`is required and must be a string, got ${shown(this.value)}`);
    return undefined;
  }
}

/** Throws `BadRequestException` with every problem, each with its path. */
export function refuseProblems(problems: readonly string[]): void {
  if (problems.length > 0) throw new AwsError("BadRequestException", problems.join("; "));
}

/** Values of settings are no secrets, but may be long. */
function shown(value: unknown): string {
  return value === undefined ? "nothing" : JSON.stringify(value).slice(0, 80);
}
