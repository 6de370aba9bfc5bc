/** An argument's text, or what stands for it where it is left out. */
export const textOr = (value: unknown, byDefault: string): string => (typeof value === "string" ? value : byDefault);
