import type { Principal } from "../kernel/aws-service";
import type { PrincipalElement } from "./policy-document";

/**
 * How a policy's principal element means a caller: by itself, by its account, which leaves it to that account's IAM, or
 * not at all.
 */
export type Meant = "itself" | "account" | "no";

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html */
export function meant(element: PrincipalElement, caller: Principal): Meant {
  if (element === "*") return "itself";
  if (caller.kind === "service") return element.Service?.includes(caller.arn) ? "itself" : "no";
  const named = element.AWS ?? [];
  if (named.includes("*") || (caller.kind !== "anonymous" && named.includes(caller.arn))) return "itself";
  const account = accountOf(caller);
  const root = new RegExp(`^(?:arn:[^:]+:iam::)?${account}(?::root)?$`);
  return account !== undefined && named.some((name) => root.test(name)) ? "account" : "no";
}

/** The account that a role or user is of. */
export function accountOf({ kind, arn }: Principal): string | undefined {
  return kind === "role" || kind === "user" ? arn.split(":")[4] : undefined;
}

/**
 * A caller as AWS's messages name it: whoever acts by a role is the role's session.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-role-session
 */
export function shownAs({ kind, arn, session }: Principal): string {
  if (kind !== "role") return arn;
  const [, partition = "aws", , , account = ""] = arn.split(":");
  const name = arn.slice(arn.lastIndexOf("/") + 1);
  return `arn:${partition}:sts::${account}:assumed-role/${name}/${session ?? name}`;
}
