import { explain, OFFLINE, unreadable, type Problem } from "./problem";
import type { Provider } from "./provider";
import { asPositive, asRecord, asText } from "./read";
import { ok, refused, type Result } from "./result";

/** Tokens of a signed-in viewer. */
export interface Tokens {
  /** Sent as the bearer token of `/api/*` and `/play/*`. */
  readonly access: string;
  /** Says who signed in; absent after a renewal without one. */
  readonly id?: string;
  /** Absent when the service answered a refresh without a new one: the old one stays good. */
  readonly refresh?: string;
  /** Life of the access token, seconds. */
  readonly lifeSeconds: number;
}

/** A code as the sign-in page sent it, with what redeems it. */
export interface Code {
  readonly code: string;
  readonly verifier: string;
  /** The address that the code was sent to. */
  readonly redirectUri: string;
}

export interface IdentityClient {
  /** Changes an authorization code into tokens. */
  redeem(code: Code): Promise<Result<Tokens>>;
  renew(refreshToken: string): Promise<Result<Tokens>>;
  /** Makes the refresh token, and what was issued with it, worthless; nothing where the service cannot. */
  revoke(refreshToken: string): Promise<Result<void>>;
}

export interface IdentityDeps {
  readonly fetch: typeof fetch;
  readonly provider: () => Promise<Result<Provider>>;
  readonly clientId: string;
  /** Milliseconds after which a call counts as failed. */
  readonly timeoutMs?: number;
}

/** OAuth's token and revocation endpoints for a public client: RFC 6749, 7636 and 7009. */
export function createIdentityClient({ fetch, provider, clientId, timeoutMs = 15_000 }: IdentityDeps): IdentityClient {
  const post = async (url: string, fields: Readonly<Record<string, string>>): Promise<Result<unknown>> => {
    let response: Response;
    try {
      response = await fetch(url, {
        method: "POST",
        body: new URLSearchParams({ client_id: clientId, ...fields }),
        credentials: "omit",
        cache: "no-store",
        signal: AbortSignal.timeout(timeoutMs),
      });
    } catch {
      return refused(OFFLINE); // fetch says no more than "failed"; the browser's console has the rest
    }
    const body = asRecord(await response.json().catch(() => undefined));
    return response.ok ? ok(body) : refused(wording(response.status, asText(body?.error)));
  };
  const tokens = async (fields: Readonly<Record<string, string>>): Promise<Result<Tokens>> => {
    const where = await provider();
    if (!where.ok) return where;
    const answer = await post(where.value.tokenEndpoint, fields);
    return answer.ok ? parseTokens(answer.value) : answer;
  };
  return {
    redeem: ({ code, verifier, redirectUri }) =>
      tokens({ grant_type: "authorization_code", code, code_verifier: verifier, redirect_uri: redirectUri }),
    renew: (refresh) => tokens({ grant_type: "refresh_token", refresh_token: refresh }),
    revoke: async (token) => {
      const where = await provider();
      if (!where.ok) return where;
      if (!where.value.revocationEndpoint) return ok(undefined);
      const answer = await post(where.value.revocationEndpoint, { token, token_type_hint: "refresh_token" });
      return answer.ok ? ok(undefined) : answer;
    },
  };
}

function parseTokens(value: unknown): Result<Tokens> {
  const answer = asRecord(value);
  const access = asText(answer?.access_token);
  if (!access) return refused(unreadable("The sign-in answer", "It holds no access token."));
  const [id, refresh] = [asText(answer?.id_token), asText(answer?.refresh_token)];
  return ok({ access, id, refresh, lifeSeconds: asPositive(answer?.expires_in) ?? 300 });
}

/** A grant that is no longer good is the end of a sign-in; every other code is a fault of somebody's settings. */
function wording(status: number, code: string | undefined): Problem {
  if (code !== "invalid_grant") return explain({ status, code });
  const advice = "A sign-in is good for a few minutes and for one use. Sign in again.";
  return { kind: "signed-out", status, code, title: "The sign-in is no longer good", advice };
}
