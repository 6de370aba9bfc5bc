import { createHash, generateKeyPairSync, randomBytes } from "node:crypto";
import {
  createLocalJWKSet,
  errors,
  importJWK,
  jwtVerify,
  SignJWT,
  type CryptoKey,
  type JSONWebKeySet,
  type JWK,
  type JWTPayload,
} from "jose";
import { AwsError } from "../../kernel/aws-service";
import { readPrivateJson, writePrivateJson } from "../../kernel/private-file";
import type { Clock } from "../../kernel/clock";
import type { ClientSettings, PoolSettings } from "./pool-settings";
import type { Session, User, UserStore } from "./user-store";

/** A sign-in's result, in the members of Cognito's `AuthenticationResult`. */
export interface Tokens {
  readonly AccessToken: string;
  /** Absent when the OAuth scopes that were granted do not include `openid`. */
  readonly IdToken?: string;
  /** Absent when the tokens were made from a refresh token. */
  readonly RefreshToken?: string;
  /** Seconds. */
  readonly ExpiresIn: number;
  readonly TokenType: "Bearer";
}

/** What an authorization request asked for, beyond a sign-in. */
export interface OAuthGrant {
  /** Scopes between spaces. */
  readonly scope: string;
  /** Goes into the first id token, so that the client knows it for the answer to its own question. */
  readonly nonce?: string;
}

export interface TokenIssuerOptions {
  readonly pool: PoolSettings;
  readonly store: UserStore;
  /** Holds the private key, made on first start, mode 0600. */
  readonly keyFile: string;
  readonly clock: Clock;
  readonly ids: () => string;
}

export interface TokenIssuer {
  readonly jwks: JSONWebKeySet;
  /** `grant` is absent when Cognito's own API signs in. */
  signIn(user: User, client: ClientSettings, grant?: OAuthGrant): Promise<Tokens>;
  refresh(refreshToken: string, client: ClientSettings): Promise<Tokens>;
  /** Ends the session of a refresh token: its access tokens are no longer taken by the pool. */
  revoke(refreshToken: string, clientId: string): void;
  /** The user of a valid access token. */
  userOf(accessToken: string): Promise<User>;
}

/** The scope of Cognito's own API, such as `GetUser`; who signs in by that API has it. */
const API_SCOPE = "aws.cognito.signin.user.admin";

/**
 * Tokens as Cognito makes them:
 * https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-with-identity-providers.html
 */
export function createTokenIssuer({ pool, store, keyFile, clock, ids }: TokenIssuerOptions): TokenIssuer {
  const privateJwk = loadKey(keyFile);
  const { kty, n, e, kid } = privateJwk;
  const jwks: JSONWebKeySet = { keys: [{ alg: "RS256", e, kid, kty, n, use: "sig" }] };
  const signingKey = importJWK(privateJwk, "RS256") as Promise<CryptoKey>;

  async function sign(claims: JWTPayload, seconds: number): Promise<string> {
    const now = Math.floor(clock() / 1000);
    return new SignJWT({ ...claims, iss: pool.issuer, iat: now, exp: now + seconds, jti: ids() })
      .setProtectedHeader({ kid: String(kid), alg: "RS256" })
      .sign(await signingKey);
  }

  async function tokens(user: User, client: ClientSettings, session: Session, nonce?: string): Promise<Tokens> {
    const shared = {
      sub: user.sub,
      ...(user.groups.length > 0 && { "cognito:groups": user.groups }),
      origin_jti: session.originId,
      event_id: ids(),
      auth_time: session.signedInAt,
    };
    const access = {
      client_id: client.id,
      token_use: "access",
      scope: session.scope ?? API_SCOPE,
      username: user.username,
    };
    const { email } = user.attributes;
    const identity = {
      aud: client.id,
      token_use: "id",
      "cognito:username": user.username,
      ...(email && { email, email_verified: true }),
      ...(nonce !== undefined && { nonce }),
    };
    const identified = session.scope === undefined || session.scope.split(" ").includes("openid");
    return {
      AccessToken: await sign({ ...shared, ...access }, client.accessTokenSeconds),
      ...(identified && { IdToken: await sign({ ...shared, ...identity }, client.idTokenSeconds) }),
      ExpiresIn: client.accessTokenSeconds,
      TokenType: "Bearer",
    };
  }

  function liveSession(refreshToken: string, clientId: string): Session {
    const digest = digestOf(refreshToken);
    const session = store.session((each) => each.refreshTokenDigest === digest && each.clientId === clientId);
    if (!session) throw new AwsError("NotAuthorizedException", "Invalid Refresh Token");
    if (session.revoked) throw new AwsError("NotAuthorizedException", "Refresh Token has been revoked");
    if (session.expiresAt <= clock()) throw new AwsError("NotAuthorizedException", "Refresh Token has expired");
    return session;
  }

  return {
    jwks,
    async signIn(user, client, grant) {
      const refreshToken = randomBytes(48).toString("base64url");
      const session: Session = {
        refreshTokenDigest: digestOf(refreshToken),
        sub: user.sub,
        clientId: client.id,
        originId: ids(),
        signedInAt: Math.floor(clock() / 1000),
        expiresAt: clock() + 1000 * client.refreshTokenSeconds,
        revoked: false,
        scope: grant?.scope,
      };
      store.putSession(session);
      return { ...(await tokens(user, client, session, grant?.nonce)), RefreshToken: refreshToken };
    },
    async refresh(refreshToken, client) {
      const session = liveSession(refreshToken, client.id);
      const user = store.find(session.sub);
      if (!user) throw new AwsError("NotAuthorizedException", "Invalid Refresh Token");
      return tokens(user, client, session);
    },
    revoke(refreshToken, clientId) {
      const digest = digestOf(refreshToken);
      const session = store.session((each) => each.refreshTokenDigest === digest);
      // An unknown token is no error (RFC 7009), one of another client is.
      if (!session) return;
      if (session.clientId !== clientId) {
        throw new AwsError("UnauthorizedException", "The refresh token was issued to another client.");
      }
      store.putSession({ ...session, revoked: true });
    },
    async userOf(accessToken) {
      const claims = await verify(accessToken, jwks, pool.issuer, clock());
      const session = store.session((each) => each.originId === claims.origin_jti);
      if (!session || session.revoked) throw new AwsError("NotAuthorizedException", "Access Token has been revoked");
      if (!String(claims.scope).split(" ").includes(API_SCOPE))
        throw new AwsError("NotAuthorizedException", "Access Token does not have required scopes");
      const user = store.find(String(claims.sub));
      if (!user) throw new AwsError("UserNotFoundException", "User does not exist.");
      return user;
    },
  };
}

async function verify(token: string, jwks: JSONWebKeySet, issuer: string, now: number): Promise<JWTPayload> {
  try {
    const options = { issuer, algorithms: ["RS256"], currentDate: new Date(now) };
    const { payload } = await jwtVerify(token, createLocalJWKSet(jwks), options);
    if (payload.token_use === "access") return payload;
  } catch (error) {
    if (error instanceof errors.JWTExpired) throw new AwsError("NotAuthorizedException", "Access Token has expired");
  }
  throw new AwsError("NotAuthorizedException", "Invalid Access Token");
}

function loadKey(file: string): JWK {
  const known = readPrivateJson(file, "the user pool's signing key; delete it to have one made anew");
  if (known) return known;
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const key = { ...(privateKey.export({ format: "jwk" }) as JWK), kid: randomBytes(32).toString("base64") };
  writePrivateJson(file, key);
  return key;
}

const digestOf = (token: string): string => createHash("sha256").update(token).digest("base64");
