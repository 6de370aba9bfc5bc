/** One resource of the synthesised stack, every expression evaluated and every computed attribute filled in. */
export interface Resource {
  readonly type: string;
  readonly name: string;
  /** `type.name`, Terraform's address. */
  readonly address: string;
  /** Arguments and attributes under Terraform's names. */
  readonly values: Readonly<Record<string, unknown>>;
}

/** The synthesised stack as it would stand once applied. */
export interface Deployment {
  readonly account: string;
  readonly region: string;
  /** Tags that the provider gives every resource. */
  readonly defaultTags?: Readonly<Record<string, string>>;
  /** All resources of a type, in order of address; an empty list where there is none. */
  all(type: string): readonly Resource[];
  /** The resource at an address; throws when there is none. */
  get(address: string): Resource;
}

/** A nested block that stands at most once, however the JSON writes it (object, or list of one). */
export function block(values: Readonly<Record<string, unknown>>, name: string): Record<string, unknown> | undefined {
  return blocks(values, name)[0];
}

/** A nested block that may repeat, always as a list. */
export function blocks(values: Readonly<Record<string, unknown>>, name: string): Record<string, unknown>[] {
  const value = values[name];
  if (value === undefined || value === null) return [];
  return (Array.isArray(value) ? value : [value]) as Record<string, unknown>[];
}
