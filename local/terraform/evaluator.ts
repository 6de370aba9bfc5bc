import { computedAttributes } from "./computed";
import { Instance } from "./computed/instance";
import type { StackContext } from "./context";
import type { ResourceBody, TerraformDocument } from "./document";
import { evaluateTemplate, ExpressionError, type Scope, type Value } from "./expression";
import { toText } from "./expression/values";

/** A problem of the stack with its place; what refers to it fails with the same error. */
export class StackError extends Error {
  override name = "StackError";
}

/** Evaluates what is asked for, when it is asked for, and once. */
export class Evaluator implements Scope {
  private readonly results = new Map<string, () => Value | undefined>();
  private readonly open: string[] = [];

  constructor(
    private readonly document: TerraformDocument,
    private readonly context: StackContext,
  ) {}

  variable(name: string): Value {
    const declared = this.document.variables.get(name);
    if (!declared) throw new ExpressionError(unknown(`var.${name}`, [...this.document.variables.keys()]));
    const value = this.context.variables?.[name] ?? declared.default;
    if (value === undefined) throw new StackError(missingVariable(name));
    return value as Value;
  }

  local(name: string): Value {
    if (!this.document.locals.has(name)) {
      throw new ExpressionError(unknown(`local.${name}`, [...this.document.locals.keys()]));
    }
    return this.once(`local.${name}`, () => this.json(this.document.locals.get(name), `local.${name}`, [])) ?? null;
  }

  output(name: string): Value {
    return this.once(`output.${name}`, () => this.json(this.document.outputs.get(name), `output.${name}`, [])) ?? null;
  }

  attribute(address: string, name: string): Value {
    const body = this.document.resources.get(address);
    if (!body) throw new ExpressionError(this.unknownResource(address));
    const value = this.optional(body, name);
    if (value !== undefined) return value;
    const known = Object.keys(computedAttributes(body.type)).join(", ");
    throw new ExpressionError(
      `${address} has no attribute ${name}: computed attributes known for ${body.type} are ${known}`,
    );
  }

  /** Every argument that is set and every attribute that is computed. */
  names(body: ResourceBody): string[] {
    return [...new Set([...Object.keys(body.arguments), ...Object.keys(computedAttributes(body.type))])];
  }

  /** An argument, else the computed attribute of that name; undefined where there is neither, or it is null. */
  optional(body: ResourceBody, name: string): Value | undefined {
    return this.once(`${body.address}.${name}`, () => {
      const given = this.argument(body, name);
      if (given !== undefined && given !== null) return given;
      const table = computedAttributes(body.type);
      const compute = Object.hasOwn(table, name) ? table[name] : undefined;
      return compute && located(`${body.address}, ${name}`, () => compute(this.instance(body, name)));
    });
  }

  private argument(body: ResourceBody, name: string): Value | undefined {
    if (!Object.hasOwn(body.arguments, name)) return undefined;
    return this.json(body.arguments[name], body.address, [name]);
  }

  /** A computed attribute reads its siblings; where it reads its own name, it means the argument, which is not set. */
  private instance(body: ResourceBody, computing: string): Instance {
    return new Instance(body, this.region(body), this.context, (name) =>
      name === computing || !Object.hasOwn(body.arguments, name) ? undefined : this.optional(body, name),
    );
  }

  /** The resource's own Region, else that of the provider it names. */
  private region(body: ResourceBody): string {
    const own = this.argument(body, "region");
    if (typeof own === "string") return own;
    const alias = body.provider?.split(".")[1];
    const provider = alias === undefined ? undefined : this.document.providers.find((one) => one.alias === alias);
    if (alias !== undefined && !provider) throw new ExpressionError(`there is no provider ${body.provider ?? ""}`);
    const region = this.json(provider?.region, `provider ${body.provider ?? ""}`, ["region"]);
    return typeof region === "string" ? region : this.context.region;
  }

  private json(value: unknown, address: string, path: readonly string[]): Value {
    if (typeof value === "string")
      return located([address, ...pathText(path)].join(", "), () => evaluateTemplate(value, this));
    if (Array.isArray(value)) {
      return value.map((item: unknown, index) => this.json(item, address, [...path, String(index)]));
    }
    if (typeof value !== "object" || value === null) return (value ?? null) as Value;
    const entries = Object.entries(value).map(([key, item]) => {
      const at = [...path, key];
      const name = located([address, ...pathText(at)].join(", "), () => toText(evaluateTemplate(key, this), "a key"));
      return [name, this.json(item, address, at)] as const;
    });
    return Object.fromEntries(entries);
  }

  private once(key: string, compute: () => Value | undefined): Value | undefined {
    const known = this.results.get(key);
    if (known) return known();
    if (this.open.includes(key)) {
      const cycle = [...this.open.slice(this.open.indexOf(key)), key];
      throw new StackError(`a value depends on itself: ${cycle.join(" -> ")}`);
    }
    this.open.push(key);
    const result = settle(compute);
    this.open.pop();
    this.results.set(key, result);
    return result();
  }

  private unknownResource(address: string): string {
    const type = address.split(".")[0] ?? "";
    const same = [...this.document.resources.values()].filter((resource) => resource.type === type);
    return unknown(
      address,
      same.map((resource) => resource.address),
    );
  }
}

export function missingVariable(name: string): string {
  return `var.${name} has no value and no default: supply it in the context's variables`;
}

function unknown(name: string, known: readonly string[]): string {
  const kind = name.slice(0, name.indexOf("."));
  return `there is no ${name}; ${known.length > 0 ? `there are ${known.join(", ")}` : `there is no ${kind} at all`}`;
}

function pathText(path: readonly string[]): string[] {
  return path.length > 0 ? [path.join(".")] : [];
}

/** Puts the place in front of a problem; a problem of another place stays as it is. */
function located<T>(place: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (error instanceof ExpressionError) throw new StackError(`${place}, ${error.message}`);
    throw error;
  }
}

/** What an evaluation came to, value or error, to be had again. */
function settle(compute: () => Value | undefined): () => Value | undefined {
  try {
    const value = compute();
    return () => value;
  } catch (error) {
    return () => {
      throw error;
    };
  }
}
