/** Arguments or attributes of a resource or of one of its nested blocks. */
export type Values = Readonly<Record<string, unknown>>;

export function text(values: Values | undefined, name: string): string | undefined {
  const value = values?.[name];
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** A number, also where the evaluated expression left it as text. */
export function number(values: Values | undefined, name: string): number | undefined {
  const value = values?.[name];
  if (value === undefined || value === null || value === "") return undefined;
  const parsed = Number(value);
  return Number.isFinite(parsed) ? parsed : undefined;
}

export function flag(values: Values | undefined, name: string): boolean {
  return values?.[name] === true || values?.[name] === "true";
}

export function texts(values: Values | undefined, name: string): string[] {
  const value = values?.[name];
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : [];
}
