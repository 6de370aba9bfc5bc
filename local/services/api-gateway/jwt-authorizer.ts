import { createLocalJWKSet, errors, jwtVerify, type JSONWebKeySet, type JWTPayload } from "jose";
import type { Clock } from "../../kernel/clock";
import type { JwtAuthorizerConfig } from "./http-api";

/** Public keys of an issuer, in process; undefined for an unknown one. */
export type JwksFor = (issuer: string) => Promise<JSONWebKeySet | undefined>;

/** A verified caller as functions see it in `requestContext.authorizer.jwt`. */
export interface JwtIdentity {
  /** Every claim as text, as API Gateway passes them on. */
  readonly claims: Readonly<Record<string, string>>;
  /** The token's scopes, when the route asks for some. */
  readonly scopes: readonly string[] | null;
}

export type Verdict =
  | { readonly ok: true; readonly identity: JwtIdentity }
  /** `challenge` is the `www-authenticate` header. */
  | { readonly ok: false; readonly status: 401 | 403; readonly challenge: string };

export interface JwtQuestion {
  readonly config: JwtAuthorizerConfig;
  readonly scopes: readonly string[];
  /** What stood in the identity source. */
  readonly value: string | undefined;
}

/**
 * Judges a bearer token as an HTTP API's JWT authorizer does
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html): RSA signature, `iss`,
 * `aud` or, without it, `client_id`, `exp`, `nbf`, `iat`, then the route's scopes.
 */
export async function judgeToken(
  { config, scopes, value }: JwtQuestion,
  jwksFor: JwksFor,
  clock: Clock,
): Promise<Verdict> {
  if (!value) return { ok: false, status: 401, challenge: "Bearer" };
  const token = value.replace(/^Bearer\s+/i, "");
  if (token.split(".").length !== 3) return invalid("token contains an invalid number of segments");
  try {
    const claims = await verify(token, config, jwksFor, clock());
    const held = heldScopes(claims);
    if (scopes.length > 0 && !scopes.some((scope) => held.includes(scope))) return insufficient(scopes);
    return { ok: true, identity: { claims: asText(claims), scopes: scopes.length > 0 ? held : null } };
  } catch (error) {
    return invalid(reason(error));
  }
}

/** A claim that is not what the authorizer asks for. */
class ClaimProblem extends Error {}

async function verify(token: string, config: JwtAuthorizerConfig, jwksFor: JwksFor, now: number): Promise<JWTPayload> {
  const keys = await jwksFor(config.issuer);
  if (!keys) throw new ClaimProblem("unable to fetch the issuer's keys");
  const { payload } = await jwtVerify(token, createLocalJWKSet(keys), {
    issuer: config.issuer,
    algorithms: ["RS256", "RS384", "RS512"],
    requiredClaims: ["exp"],
    currentDate: new Date(now),
  });
  if (payload.iat !== undefined && payload.iat > Math.floor(now / 1000))
    throw new ClaimProblem("the token was issued in the future");
  const audience = payload.aud ?? payload.client_id;
  const named = Array.isArray(audience) ? audience : [audience];
  if (!named.some((name) => config.audience.includes(String(name)))) {
    throw new ClaimProblem("the token does not have a valid audience");
  }
  return payload;
}

function reason(error: unknown): string {
  if (error instanceof ClaimProblem) return error.message;
  if (error instanceof errors.JWTExpired) return "the token has expired";
  if (error instanceof errors.JWTClaimValidationFailed) return `invalid claim: ${error.claim}`;
  if (error instanceof errors.JWKSNoMatchingKey) return "no key of the issuer matches the token";
  if (error instanceof errors.JWSSignatureVerificationFailed) return "the signature is invalid";
  return "the token is malformed";
}

function heldScopes({ scope, scp }: JWTPayload): string[] {
  const held = scope ?? scp;
  if (Array.isArray(held)) return held.map(String);
  return typeof held === "string" ? held.split(" ").filter(Boolean) : [];
}

/** Lists appear as `[one two]`, as API Gateway writes them. */
function asText(claims: JWTPayload): Record<string, string> {
  const text = (value: unknown): string => {
    if (Array.isArray(value)) return `[${value.map(text).join(" ")}]`;
    return typeof value === "object" && value !== null ? JSON.stringify(value) : String(value);
  };
  return Object.fromEntries(Object.entries(claims).map(([name, value]) => [name, text(value)]));
}

const invalid = (description: string): Verdict => ({
  ok: false,
  status: 401,
  challenge: `Bearer scope="" error="invalid_token" error_description="${description}"`,
});

const insufficient = (scopes: readonly string[]): Verdict => ({
  ok: false,
  status: 403,
  challenge: `Bearer scope="${scopes.join(" ")}" error="insufficient_scope" error_description="the token does not have a valid scope"`,
});
