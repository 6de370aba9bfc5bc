import { OAuthError } from "./oauth-error";
import type { ClientSettings, OAuthSettings } from "./pool-settings";
import { isRegistered } from "./registered-address";
import type { UserPool } from "./user-pool";

/** A client that may use the OAuth endpoints, with its pool. */
export interface OAuthClient {
  readonly pool: UserPool;
  readonly settings: ClientSettings;
  readonly oauth: OAuthSettings;
}

export interface AuthorizationRequest {
  readonly client: OAuthClient;
  readonly redirectUri: string;
  /** Between spaces. */
  readonly scope: string;
  readonly state?: string;
  readonly nonce?: string;
  /** SHA-256 of the verifier, base64url. */
  readonly challenge: string;
}

/** An authorization request, or how it is refused: to the client, or in a page where the client cannot be trusted. */
export type Authorization =
  | { readonly kind: "request"; readonly request: AuthorizationRequest }
  | { readonly kind: "redirect"; readonly location: string }
  | { readonly kind: "page"; readonly code: string; readonly message: string };

/**
 * Reads `GET /oauth2/authorize` (https://www.rfc-editor.org/rfc/rfc6749#section-4.1.1, RFC 7636). Stricter than Cognito
 * in one thing: a code challenge is demanded, of every client.
 */
export function readAuthorization(
  query: URLSearchParams,
  clientOf: (id: string) => OAuthClient | undefined,
): Authorization {
  const client = clientOf(query.get("client_id") ?? "");
  if (!client)
    return { kind: "page", code: "unauthorized_client", message: "No such client may sign viewers in here." };
  const redirectUri = query.get("redirect_uri") ?? "";
  if (!isRegistered(redirectUri, client.oauth.callbackUrls)) {
    const message = "The address to go back to is not registered for this client.";
    return { kind: "page", code: "redirect_mismatch", message };
  }
  const state = query.get("state") ?? undefined;
  try {
    const [scope, challenge] = [readScope(query, client.oauth), readChallenge(query, client.oauth)];
    const nonce = query.get("nonce") ?? undefined;
    return { kind: "request", request: { client, redirectUri, scope, state, nonce, challenge } };
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error;
    const answer = { error: error.code, error_description: error.message, state };
    return { kind: "redirect", location: backTo(redirectUri, answer) };
  }
}

/** An address with an answer in its query. */
export function backTo(address: string, answer: Readonly<Record<string, string | undefined>>): string {
  const url = new URL(address);
  for (const [name, value] of Object.entries(answer)) if (value !== undefined) url.searchParams.set(name, value);
  return url.href;
}

function readChallenge(query: URLSearchParams, { flows }: OAuthSettings): string {
  for (const name of ["client_id", "redirect_uri", "response_type", "state", "scope", "code_challenge", "nonce"])
    if (query.getAll(name).length > 1) throw new OAuthError("invalid_request", `${name} stands more than once`);
  if (query.get("response_type") !== "code")
    throw new OAuthError("unsupported_response_type", "response_type must be code");
  if (!flows.includes("code")) throw new OAuthError("unauthorized_client", "the client may not use the code flow");
  const challenge = query.get("code_challenge") ?? "";
  if (query.get("code_challenge_method") !== "S256" || !/^[\w-]{43}$/.test(challenge))
    throw new OAuthError("invalid_request", "code_challenge must be a SHA-256, with code_challenge_method S256");
  return challenge;
}

/** Without a scope all that the client may ask for are meant, as with Cognito. */
function readScope(query: URLSearchParams, { scopes }: OAuthSettings): string {
  const asked = (query.get("scope") ?? "").split(" ").filter(Boolean);
  const foreign = asked.find((scope) => !scopes.includes(scope));
  if (foreign !== undefined) throw new OAuthError("invalid_scope", `the client may ask for ${scopes.join(" ")}`);
  return (asked.length > 0 ? asked : scopes).join(" ");
}
