import { stringsOf } from "./read-event";

/** Cognito's claim for the groups of a user. */
export const GROUPS_CLAIM = "cognito:groups";

/** Who may publish, withdraw and license titles. */
export const EDITORS = "editors";

/**
 * The roles that a verified token names. An HTTP API hands a list on as text, `[editors producers]`, and names no other
 * form; a role whose name holds a space cannot be told from two, which Cognito does not allow in a group's name
 * (https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateGroup.html).
 * @param claimName the empty text: the issuer names none, so nobody has a role
 */
export function rolesOf(
  claims: Readonly<Record<string, unknown>>,
  claimName: string = GROUPS_CLAIM,
): ReadonlySet<string> {
  const claim = claimName === "" ? undefined : claims[claimName];
  if (typeof claim !== "string") return new Set(stringsOf(claim));
  const listed = /^\[(.*)\]$/s.exec(claim)?.[1] ?? claim;
  return new Set(listed.split(/\s+/).filter((role) => role !== ""));
}
