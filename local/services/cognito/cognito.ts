import { decodeJwt, type JSONWebKeySet } from "jose";
import { AwsError, type Authorize, type AwsRequest, type AwsResponse, type AwsService } from "../../kernel/aws-service";
import type { Clock } from "../../kernel/clock";
import type { Deployment } from "../../terraform/deployment";
import { jsonAnswer, readJsonCall } from "../json-protocol";
import { ADMIN_OPERATIONS } from "./admin-operations";
import { createHostedPages } from "./hosted-pages";
import { openDocument } from "./open-documents";
import { readPools } from "./pool-settings";
import { PUBLIC_OPERATIONS, type PoolFinder } from "./public-operations";
import { UserPool } from "./user-pool";

export interface CognitoOptions {
  readonly deployment: Deployment;
  /** Holds each pool's users and its private key, mode 0600. */
  readonly directory: string;
  readonly authorize: Authorize;
  readonly clock: Clock;
  readonly ids: () => string;
}

export interface SampleUser {
  /** An e-mail address in a pool whose users sign in with theirs. */
  readonly username: string;
  readonly password: string;
  readonly groups?: readonly string[];
}

export interface UserTokens {
  readonly accessToken: string;
  readonly idToken: string;
  readonly refreshToken: string;
  /** Seconds. */
  readonly expiresIn: number;
}

export interface Cognito extends AwsService {
  /**
   * Makes a confirmed user of the stack's pool, or brings the one that is there to this password and these groups.
   * `sub` stays the same.
   */
  ensureUser(user: SampleUser): Promise<{ readonly sub: string; readonly username: string }>;
  /** Signs a user in without a password, for the client of the stack's pool. */
  tokensFor(username: string): Promise<UserTokens>;
  /** A pool's public keys by its issuer, `https://<endpoint>`; undefined for another issuer. */
  jwksFor(issuer: string): Promise<JSONWebKeySet | undefined>;
}

const MAXIMUM_REQUEST_BYTES = 128 * 1024;

/**
 * The stack's user pools over Cognito's JSON protocol, their OpenID documents under `/<pool id>/.well-known/`, and what
 * stands on the host of a pool's domain.
 */
export function createCognito(options: CognitoOptions): Cognito {
  const { deployment, directory, clock, ids } = options;
  const pools = readPools(deployment).map((settings) => new UserPool({ settings, directory, clock, ids }));
  const hosted = createHostedPages(pools, clock);

  const finder: PoolFinder = {
    byClient(clientId) {
      const pool = pools.find(({ settings }) => settings.clients.some((client) => client.id === clientId));
      if (!pool) throw new AwsError("ResourceNotFoundException", `User pool client ${clientId} does not exist.`);
      return pool;
    },
    byToken(accessToken) {
      const issuer = claimedIssuer(accessToken);
      const pool = pools.find(({ settings }) => settings.issuer === issuer);
      if (!pool) throw new AwsError("NotAuthorizedException", "Invalid Access Token");
      return pool;
    },
  };

  function byId(id: string): UserPool {
    const pool = pools.find(({ settings }) => settings.id === id);
    if (!pool) throw new AwsError("ResourceNotFoundException", `User pool ${id} does not exist.`);
    return pool;
  }

  /** The sample viewers live in the first pool; a stack with an external issuer has none. */
  function samplePool(): UserPool {
    const [pool] = pools;
    if (!pool)
      throw new Error(
        "the stack has no aws_cognito_user_pool, so it can have no sample users; its tokens come from elsewhere",
      );
    return pool;
  }

  async function call(request: AwsRequest): Promise<AwsResponse> {
    const { operation, input } = await readJsonCall(
      request,
      "AWSCognitoIdentityProviderService",
      MAXIMUM_REQUEST_BYTES,
    );
    const publicOperation = PUBLIC_OPERATIONS[operation];
    if (publicOperation) return jsonAnswer(await publicOperation(input, finder), "1.1");
    const adminOperation = ADMIN_OPERATIONS[operation];
    if (!adminOperation) {
      const allowed = [...Object.keys(PUBLIC_OPERATIONS), ...Object.keys(ADMIN_OPERATIONS)].join(", ");
      throw new AwsError("UnknownOperationException", `Cognito answers ${allowed} here, got ${operation}.`);
    }
    if (request.principal.kind === "anonymous") {
      throw new AwsError("MissingAuthenticationTokenException", "Missing Authentication Token");
    }
    const pool = byId(input.text("UserPoolId"));
    options.authorize(request.principal, `cognito-idp:${operation}`, pool.settings.arn);
    return jsonAnswer(await adminOperation(input, pool), "1.1");
  }

  return {
    name: "cognito-idp",
    async handle(request) {
      if (hosted.serves(request.path)) return hosted.handle(request);
      return request.method === "GET" ? openDocument(request.path, byId) : call(request);
    },
    async ensureUser({ username, password, groups = [] }) {
      const pool = samplePool();
      if (!pool.exists(username)) pool.create(username, {});
      if (!(await pool.hasPassword(username, password))) await pool.setPassword(username, password, "CONFIRMED");
      for (const group of groups) pool.addToGroup(username, group);
      const user = pool.user(username);
      return { sub: user.sub, username: user.username };
    },
    async tokensFor(username) {
      const pool = samplePool();
      const [client] = pool.settings.clients;
      if (!client)
        throw new Error(`user pool ${pool.settings.id} has no aws_cognito_user_pool_client to issue tokens for`);
      const tokens = await pool.issuer.signIn(pool.user(username), client);
      return {
        accessToken: tokens.AccessToken,
        idToken: tokens.IdToken ?? "",
        refreshToken: tokens.RefreshToken ?? "",
        expiresIn: tokens.ExpiresIn,
      };
    },
    async jwksFor(issuer) {
      return pools.find(({ settings }) => settings.issuer === issuer)?.issuer.jwks;
    },
  };
}

/** Read before anything is verified, only to choose the pool that verifies. */
function claimedIssuer(token: string): string | undefined {
  try {
    return decodeJwt(token).iss;
  } catch {
    return undefined;
  }
}
