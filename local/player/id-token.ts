import { claimsOf } from "./jwt-claims";
import { unreadable } from "./problem";
import { asText } from "./read";
import { ok, refused, type Result } from "./result";

export interface ExpectedIdToken {
  readonly issuer: string;
  readonly clientId: string;
  readonly nonce: string;
}

/**
 * Who signed in, by the name to show. The token came from the token endpoint itself, so TLS vouches for it and its
 * signature need not be checked (OpenID Connect Core, 3.1.3.7); that it answers this page's question must be.
 */
export function readIdToken(token: string, expected: ExpectedIdToken): Result<string> {
  const claims = claimsOf(token);
  if (!claims) return invalid("It is not a token");
  const audience = Array.isArray(claims.aud) ? (claims.aud as unknown[]) : [claims.aud];
  if (claims.iss !== expected.issuer) return invalid("It is another issuer's");
  if (!audience.includes(expected.clientId)) return invalid("It is for another client");
  if (claims.nonce !== expected.nonce) return invalid("It answers another sign-in");
  return ok(asText(claims.email) ?? asText(claims.name) ?? asText(claims.preferred_username) ?? "Signed in");
}

function invalid(why: string): ReturnType<typeof refused> {
  return refused(unreadable("The id token", `${why}. Sign in again.`));
}
