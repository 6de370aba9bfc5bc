import type { CompiledStatement, Grant } from "../../local/iam/statement";
import list from "./not-exercised.json";

/** Grants that no run on one machine can make use of, and why they are there all the same. */
export interface Exception {
  /** Addresses of policies. */
  readonly policies: readonly string[];
  /** Sids; every statement of the policies when left out. */
  readonly statements?: readonly string[];
  readonly actions: readonly string[];
  readonly reason: string;
  /** A test that makes use of them apart from the whole way. */
  readonly drill?: string;
}

export const EXCEPTIONS: readonly Exception[] = list;

/** The exception that a grant falls under, if it does. */
export function exceptionFor(grant: Grant, statements: readonly CompiledStatement[]): Exception | undefined {
  const policy = grant.statement.replace(/#\d+$/, "");
  const sid = statements.find(({ id }) => id === grant.statement)?.source.sid;
  return EXCEPTIONS.find(
    (each) =>
      each.policies.includes(policy) &&
      each.actions.includes(grant.action) &&
      (each.statements?.includes(sid ?? "") ?? true),
  );
}
