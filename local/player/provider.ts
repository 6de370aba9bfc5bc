import { explain, OFFLINE, unreadable } from "./problem";
import { asRecord, asText } from "./read";
import { ok, refused, type Result } from "./result";

/** Where an OpenID Connect issuer answers, by its own document. */
export interface Provider {
  /** As tokens name it in `iss`. */
  readonly issuer: string;
  readonly authorizationEndpoint: string;
  readonly tokenEndpoint: string;
  /** Absent where tokens cannot be revoked. */
  readonly revocationEndpoint?: string;
  /** Absent where the issuer has no session of its own to end. */
  readonly endSessionEndpoint?: string;
}

export interface ProviderDeps {
  readonly fetch: typeof fetch;
  readonly issuer: string;
  /** The page's own address. */
  readonly page: string;
  /** Milliseconds after which a call counts as failed. */
  readonly timeoutMs?: number;
}

/**
 * Asks the issuer once where it answers (https://openid.net/specs/openid-connect-discovery-1_0.html); after a failure
 * the next call asks again. Cognito publishes the same document as others, so the page knows no address of its own.
 */
export function discovery(deps: ProviderDeps): () => Promise<Result<Provider>> {
  let known: Promise<Result<Provider>> | undefined;
  return async () => {
    known ??= discover(deps);
    const answer = await known;
    if (!answer.ok) known = undefined;
    return answer;
  };
}

async function discover({ fetch, issuer, page, timeoutMs = 15_000 }: ProviderDeps): Promise<Result<Provider>> {
  let response: Response;
  try {
    const address = `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;
    response = await fetch(address, {
      credentials: "omit",
      cache: "no-cache",
      signal: AbortSignal.timeout(timeoutMs),
    });
  } catch {
    return refused(OFFLINE); // fetch says no more than "failed"; the browser's console has the rest
  }
  if (!response.ok) return refused(explain({ status: response.status }));
  return parseProvider(await response.json().catch(() => undefined), issuer, page);
}

/** The document must be the issuer's own, and lead nowhere that the page would be less safe than where it is. */
export function parseProvider(value: unknown, issuer: string, page: string): Result<Provider> {
  const document = asRecord(value);
  const named = asText(document?.issuer);
  if (!named || schemeless(named) !== schemeless(issuer)) return invalid("names another issuer");
  const endpoint = (name: string): string | undefined => {
    const address = asText(document?.[name]);
    return address && isSafeAddress(address, page) ? address : undefined;
  };
  const authorizationEndpoint = endpoint("authorization_endpoint");
  const tokenEndpoint = endpoint("token_endpoint");
  if (!authorizationEndpoint || !tokenEndpoint) return invalid("has no authorization_endpoint or token_endpoint");
  const [revocationEndpoint, endSessionEndpoint] = [endpoint("revocation_endpoint"), endpoint("end_session_endpoint")];
  return ok({ issuer: named, authorizationEndpoint, tokenEndpoint, revocationEndpoint, endSessionEndpoint });
}

/** https, or the page's own plain http: a page that came by TLS sends no viewer and no code elsewhere without it. */
export function isSafeAddress(address: string, page: string): boolean {
  try {
    const { protocol } = new URL(address);
    return protocol === "https:" || (protocol === "http:" && new URL(page).protocol === "http:");
  } catch {
    return false;
  }
}

/** On one machine the issuer is called by http, while its tokens name it by https as everywhere. */
const schemeless = (address: string): string => address.replace(/^https?:/, "");

function invalid(why: string): ReturnType<typeof refused> {
  return refused(unreadable("The identity service's document", `It ${why}.`));
}
