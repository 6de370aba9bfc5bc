/** What was asked for, or why it cannot be had: refusals are values, only transient faults are thrown. */
export type Result<T, P = string> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: P };

export const ok = <T>(value: T): { readonly ok: true; readonly value: T } => ({ ok: true, value });

export const refused = <P>(problem: P): { readonly ok: false; readonly problem: P } => ({ ok: false, problem });
