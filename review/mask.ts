import type { Json, Mask } from "./plan";

export type JsonObject = { readonly [key: string]: Json };

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const isList = (value: unknown): value is readonly Json[] => Array.isArray(value);

/** The mask of what stands under a key or an index. */
export function under(mask: Mask, key: string | number): Mask {
  if (typeof mask !== "object" || mask === null) return mask === true;
  return Array.isArray(mask) ? (mask as readonly Mask[])[Number(key)] : (mask as { [key: string]: Mask })[key];
}

/** Whether anything at all is marked. */
export function marksAny(mask: Mask): boolean {
  if (typeof mask !== "object" || mask === null) return mask === true;
  return Object.values(mask).some((inner) => marksAny(inner));
}

/** What is marked in one of them or in both. */
export function either(one: Mask, other: Mask): Mask {
  if (one === true || other === true) return true;
  if (!marksAny(one)) return other;
  if (!marksAny(other)) return one;
  const keys = new Set([...Object.keys(one as object), ...Object.keys(other as object)]);
  const merged = [...keys].map((key) => [key, either(under(one, key), under(other, key))] as const);
  return Object.fromEntries(merged);
}

export const SENSITIVE = "(sensitive)";
export const UNKNOWN = "(known after apply)";

/**
 * The value with what is sensitive, and then what is unknown, replaced by a word in its place: redaction is by path, so a
 * secret does not hide what stands beside it.
 */
export function redacted(value: Json | undefined, sensitive: Mask, unknown?: Mask): Json {
  if (sensitive === true) return value === null ? null : SENSITIVE;
  if (unknown === true) return UNKNOWN;
  if (isList(value)) {
    return value.map((item, at) => redacted(item, under(sensitive, at), under(unknown, at)));
  }
  if (isObject(value) || isObject(unknown)) {
    const keys = [...Object.keys(value ?? {}), ...Object.keys(isObject(unknown) ? unknown : {})];
    const entries = [...new Set(keys)].map((key) => {
      const inner = isObject(value) ? value[key] : undefined;
      return [key, redacted(inner, under(sensitive, key), under(unknown, key))] as const;
    });
    return Object.fromEntries(entries.filter(([, inner]) => inner !== undefined));
  }
  return value as Json;
}

/** JSON with keys in order: equal for equal values. */
export function canonical(value: unknown): string {
  return (
    JSON.stringify(value, (_key, inner: unknown) =>
      isObject(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner,
    ) ?? "null"
  );
}
