import { createHash } from "node:crypto";
import { AwsError, type AwsRequest, type AwsResponse } from "../../kernel/aws-service";
import { readBody } from "../json-protocol";
import type { AuthorizationRequest, OAuthClient } from "./authorization-request";
import { OAuthError } from "./oauth-error";
import type { TimedValues } from "./timed-values";
import type { Tokens } from "./token-issuer";

/** What an authorization code stands for. */
export interface CodeGrant {
  readonly request: AuthorizationRequest;
  readonly sub: string;
}

export interface TokenEndpointDeps {
  readonly codes: TimedValues<CodeGrant>;
  readonly clientOf: (id: string) => OAuthClient | undefined;
}

const MAXIMUM_FORM_BYTES = 16 * 1024;

/**
 * `POST /oauth2/token` and `/oauth2/revoke` for public clients
 * (https://docs.aws.amazon.com/cognito/latest/developerguide/token-endpoint.html, RFC 7009).
 */
export async function answerTokenCall(request: AwsRequest, deps: TokenEndpointDeps): Promise<AwsResponse> {
  try {
    if (request.method !== "POST") throw new OAuthError("invalid_request", "only POST is answered here", 405);
    const form = await readForm(request);
    const client = deps.clientOf(form.get("client_id") ?? "");
    if (!client) throw new OAuthError("invalid_client", "client_id names no client of a user pool with a domain");
    if (request.path === "/oauth2/revoke") return await revoke(form, client);
    return json(200, await issue(form, client, deps));
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error;
    return json(error.status, { error: error.code, error_description: error.message });
  }
}

/** The fields of a form; throws an {@link OAuthError} for a body of another kind. */
export async function readForm(request: AwsRequest): Promise<URLSearchParams> {
  if (!/^application\/x-www-form-urlencoded\b/i.test(request.headers["content-type"] ?? ""))
    throw new OAuthError("invalid_request", "the body must be application/x-www-form-urlencoded");
  return new URLSearchParams((await readBody(request, MAXIMUM_FORM_BYTES)).toString("utf8"));
}

async function issue(form: URLSearchParams, client: OAuthClient, deps: TokenEndpointDeps): Promise<unknown> {
  switch (form.get("grant_type")) {
    case "authorization_code":
      return spelled(await redeem(form, client, deps));
    case "refresh_token":
      return spelled(await refresh(form, client));
    default:
      throw new OAuthError("unsupported_grant_type", "grant_type must be authorization_code or refresh_token");
  }
}

async function redeem(form: URLSearchParams, client: OAuthClient, { codes }: TokenEndpointDeps): Promise<Tokens> {
  // Whoever tries a code uses it up, so that a stolen one cannot be tried with verifier after verifier.
  const grant = codes.take(form.get("code") ?? "");
  if (!grant) throw new OAuthError("invalid_grant", "the code is unknown, used or older than five minutes");
  const { request, sub } = grant;
  if (request.client.settings.id !== client.settings.id)
    throw new OAuthError("invalid_grant", "the code was issued to another client");
  if (form.get("redirect_uri") !== request.redirectUri)
    throw new OAuthError("invalid_grant", "redirect_uri is not the one that the code was sent to");
  const verifier = form.get("code_verifier") ?? "";
  if (!/^[\w.~-]{43,128}$/.test(verifier) || challengeOf(verifier) !== request.challenge)
    throw new OAuthError("invalid_grant", "code_verifier does not belong to the code");
  if (!client.pool.exists(sub)) throw new OAuthError("invalid_grant", "the user is gone");
  return client.pool.issuer.signIn(client.pool.user(sub), client.settings, request);
}

async function refresh(form: URLSearchParams, { pool, settings }: OAuthClient): Promise<Tokens> {
  if (!settings.authFlows.includes("ALLOW_REFRESH_TOKEN_AUTH"))
    throw new OAuthError("unauthorized_client", "the client may not refresh tokens");
  return translated("invalid_grant", () => pool.issuer.refresh(form.get("refresh_token") ?? "", settings));
}

function revoke(form: URLSearchParams, { pool, settings }: OAuthClient): Promise<AwsResponse> {
  const token = form.get("token");
  if (!token) throw new OAuthError("invalid_request", "token must be a refresh token");
  return translated("unauthorized_client", async () => {
    pool.issuer.revoke(token, settings.id);
    return { status: 200, headers: UNCACHED, body: "" };
  });
}

/** A refusal in Cognito's own words becomes one in OAuth's. */
async function translated<T>(code: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AwsError) throw new OAuthError(code, error.message);
    throw error;
  }
}

function spelled({ AccessToken, IdToken, RefreshToken, ExpiresIn, TokenType }: Tokens): unknown {
  return {
    access_token: AccessToken,
    id_token: IdToken,
    refresh_token: RefreshToken,
    expires_in: ExpiresIn,
    token_type: TokenType,
  };
}

const challengeOf = (verifier: string): string => createHash("sha256").update(verifier).digest("base64url");

const UNCACHED = { "cache-control": "no-store", pragma: "no-cache" };

const json = (status: number, value: unknown): AwsResponse => ({
  status,
  headers: { ...UNCACHED, "content-type": "application/json" },
  body: JSON.stringify(value),
});
