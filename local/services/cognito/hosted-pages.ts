import { AwsError, type AwsRequest, type AwsResponse } from "../../kernel/aws-service";
import type { Clock } from "../../kernel/clock";
import { backTo, readAuthorization, type AuthorizationRequest, type OAuthClient } from "./authorization-request";
import { OAuthError } from "./oauth-error";
import { isRegistered } from "./registered-address";
import { refusalPage, signInPage } from "./sign-in-page";
import { TimedValues } from "./timed-values";
import { answerTokenCall, readForm, type CodeGrant } from "./token-endpoint";
import type { UserPool } from "./user-pool";
import type { User } from "./user-store";

/** https://docs.aws.amazon.com/cognito/latest/developerguide/authorization-endpoint.html */
const CODE_SECONDS = 5 * 60;
/** A browser is known for an hour: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-managed-login.html */
const BROWSER_SECONDS = 60 * 60;
const COOKIE = "cognito";

export interface HostedPages {
  /** Whether the path is one of a user pool's own host. */
  serves(path: string): boolean;
  handle(request: AwsRequest): Promise<AwsResponse>;
}

/**
 * What a user pool with a domain serves under `https://<prefix>.auth.<region>.amazoncognito.com`: sign-in and sign-out
 * pages, and the OAuth endpoints. Here all pools share the gateway's host, and the client tells them apart. Codes and
 * the browsers that are signed in are forgotten when the platform stops.
 */
export function createHostedPages(pools: readonly UserPool[], clock: Clock): HostedPages {
  const codes = new TimedValues<CodeGrant>(CODE_SECONDS, clock);
  const browsers = new TimedValues<string>(BROWSER_SECONDS, clock);

  function clientOf(id: string): OAuthClient | undefined {
    for (const pool of pools.filter(({ settings }) => settings.hasDomain)) {
      const settings = pool.settings.clients.find((each) => each.id === id);
      if (settings?.oauth) return { pool, settings, oauth: settings.oauth };
    }
    return undefined;
  }

  /** Sends the viewer back with a code. */
  function grant(request: AuthorizationRequest, sub: string, headers: AwsResponse["headers"] = {}): AwsResponse {
    const code = codes.put({ request, sub });
    return redirect(backTo(request.redirectUri, { code, state: request.state }), headers);
  }

  function signedIn({ headers }: AwsRequest, pool: UserPool): string | undefined {
    const sub = browsers.get(cookieIn(headers.cookie));
    return sub !== undefined && pool.exists(sub) ? sub : undefined; // no two pools share a subject
  }

  const paths: Readonly<Record<string, (call: AwsRequest) => AwsResponse | Promise<AwsResponse>>> = {
    "/oauth2/authorize": (call) =>
      authorized(call, (request) => {
        const sub = signedIn(call, request.client.pool);
        return sub === undefined ? redirect(`/login?${call.query.toString()}`) : grant(request, sub);
      }),
    "/login": (call) =>
      authorized(call, async (request) => {
        if (call.method !== "POST") return form(call, request);
        const fields = await readForm(call);
        const username = (fields.get("username") ?? "").trim();
        const user = await verified(request.client.pool, username, fields.get("password") ?? "");
        if (typeof user === "string") return form(call, request, username, user);
        const browser = browsers.put(user.sub);
        return grant(request, user.sub, { "set-cookie": cookie(browser, BROWSER_SECONDS) });
      }),
    "/logout": ({ query, headers }) => {
      const client = clientOf(query.get("client_id") ?? "");
      const address = query.get("logout_uri") ?? "";
      if (!client || !isRegistered(address, client.oauth.logoutUrls))
        return refusalPage("redirect_mismatch", "The address to go to is not registered for this client.");
      browsers.take(cookieIn(headers.cookie));
      return redirect(address, { "set-cookie": cookie("", 0) });
    },
    "/oauth2/token": (call) => answerTokenCall(call, { codes, clientOf }),
    "/oauth2/revoke": (call) => answerTokenCall(call, { codes, clientOf }),
  };

  async function authorized(
    call: AwsRequest,
    go: (request: AuthorizationRequest) => AwsResponse | Promise<AwsResponse>,
  ): Promise<AwsResponse> {
    const read = readAuthorization(call.query, clientOf);
    if (read.kind === "page") return refusalPage(read.code, read.message);
    return read.kind === "redirect" ? redirect(read.location) : go(read.request);
  }

  return {
    serves: (path) => path in paths,
    async handle(call) {
      const answer = paths[call.path];
      if (!answer) throw new AwsError("ResourceNotFoundException", `There is no ${call.path}.`, 404);
      try {
        return await answer(call);
      } catch (error) {
        if (error instanceof OAuthError) return refusalPage(error.code, error.message);
        throw error;
      }
    },
  };
}

function form(call: AwsRequest, request: AuthorizationRequest, username?: string, problem?: string): AwsResponse {
  const { redirectUri, client } = request;
  const { emailIsUsername } = client.pool.settings;
  return signInPage({ action: `/login?${call.query.toString()}`, redirectUri, emailIsUsername, username, problem });
}

/** The user, or why not. */
async function verified(pool: UserPool, username: string, password: string): Promise<User | string> {
  try {
    const user = await pool.verified(username, password);
    return user.status === "CONFIRMED" ? user : "This password is temporary. Ask your operator for a permanent one.";
  } catch (error) {
    if (error instanceof AwsError) return error.message;
    throw error;
  }
}

const redirect = (location: string, headers: AwsResponse["headers"] = {}): AwsResponse => ({
  status: 302,
  headers: { location, "cache-control": "no-store", "referrer-policy": "no-referrer", ...headers },
  body: "",
});

const cookie = (value: string, seconds: number): string =>
  `${COOKIE}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${seconds}`;

function cookieIn(header = ""): string {
  return new RegExp(`(?:^|; *)${COOKIE}=([\\w-]*)`).exec(header)?.[1] ?? "";
}
