import { explain, OFFLINE, unreadable, type Problem } from "./problem";
import { asPositive, asRecord, asText } from "./read";
import { ok, refused, type Result } from "./result";

/** Tokens of a signed-in viewer. */
export interface Tokens {
  /** Sent as the bearer token of `/api/*` and `/play/*`. */
  readonly access: string;
  /** Absent when the service answered a refresh without a new one: the old one stays good. */
  readonly refresh?: string;
  /** Life of the access token, seconds. */
  readonly lifeSeconds: number;
}

export interface IdentityClient {
  signIn(username: string, password: string): Promise<Result<Tokens>>;
  renew(refreshToken: string): Promise<Result<Tokens>>;
  /** Makes the refresh token, and what was issued with it, worthless. */
  revoke(refreshToken: string): Promise<Result<void>>;
}

export interface IdentityDeps {
  readonly fetch: typeof fetch;
  readonly url: string;
  readonly clientId: string;
  /** Milliseconds after which a call counts as failed. */
  readonly timeoutMs?: number;
}

/**
 * Cognito's user pool API, as far as a viewer's browser needs it: unsigned JSON calls.
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_InitiateAuth.html
 */
export function createIdentityClient({ fetch, url, clientId, timeoutMs = 15_000 }: IdentityDeps): IdentityClient {
  const call = async (action: string, input: object): Promise<Result<unknown>> => {
    let response: Response;
    try {
      response = await fetch(url, {
        method: "POST",
        headers: {
          "content-type": "application/x-amz-json-1.1",
          "x-amz-target": `AWSCognitoIdentityProviderService.${action}`,
        },
        body: JSON.stringify({ ClientId: clientId, ...input }),
        credentials: "omit",
        signal: AbortSignal.timeout(timeoutMs),
      });
    } catch {
      return refused(OFFLINE); // fetch says no more than "failed"; the browser's console has the rest
    }
    const body = asRecord(await response.json().catch(() => undefined));
    return response.ok ? ok(body) : refused(wording(response.status, asText(body?.__type), asText(body?.message)));
  };
  const authenticate = async (AuthFlow: string, AuthParameters: object): Promise<Result<Tokens>> => {
    const answer = await call("InitiateAuth", { AuthFlow, AuthParameters });
    return answer.ok ? parseTokens(answer.value) : answer;
  };
  return {
    signIn: (USERNAME, PASSWORD) => authenticate("USER_PASSWORD_AUTH", { USERNAME, PASSWORD }),
    renew: (REFRESH_TOKEN) => authenticate("REFRESH_TOKEN_AUTH", { REFRESH_TOKEN }),
    revoke: async (Token) => {
      const answer = await call("RevokeToken", { Token });
      return answer.ok ? ok(undefined) : answer;
    },
  };
}

function parseTokens(value: unknown): Result<Tokens> {
  const answer = asRecord(value);
  const challenge = asText(answer?.ChallengeName);
  if (challenge) {
    const advice = `The account must first complete ${challenge}, which this page does not offer.`;
    return refused({ kind: "refused", code: challenge, title: "One more step is needed", advice });
  }
  const result = asRecord(answer?.AuthenticationResult);
  const access = asText(result?.AccessToken);
  if (!access) return refused(unreadable("The sign-in answer", "It holds no access token."));
  return ok({ access, refresh: asText(result?.RefreshToken), lifeSeconds: asPositive(result?.ExpiresIn) ?? 300 });
}

/** Cognito answers 400 for wrong passwords as for everything else: the type tells them apart. */
function wording(status: number, type: string | undefined, message: string | undefined): Problem {
  const code = type?.split("#").at(-1) ?? `HTTP_${status}`;
  const facts = { status, code };
  switch (code) {
    case "NotAuthorizedException":
    case "UserNotFoundException":
      return { kind: "signed-out", ...facts, title: "That did not match", advice: "Check the name and the password." };
    case "TooManyRequestsException":
    case "LimitExceededException":
      return { kind: "busy", ...facts, title: "Too many attempts", advice: "Wait a moment, then try again." };
    case "PasswordResetRequiredException":
    case "UserNotConfirmedException":
      return { kind: "refused", ...facts, title: "This account is not ready", advice: message ?? "Ask your operator." };
    default:
      return explain({ status, code, message });
  }
}
