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
export function exceptionFor({ statement, action }: Grant, all: readonly CompiledStatement[]): Exception | undefined {
  const sid = all.find(({ id }) => id === statement)?.source.sid;
  return exceptionOf(statement.replace(/#\d+$/, ""), sid, action);
}

/** The same by the policy's address and the statement's Sid. */
export function exceptionOf(policy: string, sid: string | undefined, action: string): Exception | undefined {
  return EXCEPTIONS.find(
    ({ policies, statements, actions }) =>
      policies.includes(policy) && actions.includes(action) && (statements?.includes(sid ?? "") ?? true),
  );
}
