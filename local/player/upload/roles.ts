import { claimsOf } from "../jwt-claims";

/** Roles whose holders may upload, as the API knows them. */
const UPLOADERS = ["producers", "editors"];

/**
 * Whether the way to uploads is shown to the holder of an access token; the API itself judges every call. `claim` is
 * where the issuer puts roles, undefined where nobody has one.
 */
export function mayUpload(accessToken: string, claim: string | undefined): boolean {
  const roles = claim === undefined ? undefined : claimsOf(accessToken)?.[claim];
  const held = Array.isArray(roles) ? roles : typeof roles === "string" ? roles.split(/[\s,]+/) : [];
  return UPLOADERS.some((role) => held.includes(role));
}
