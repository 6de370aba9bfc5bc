import { CognitoUserGroup } from "@cdktf/provider-aws/lib/cognito-user-group";
import { CognitoUserPool } from "@cdktf/provider-aws/lib/cognito-user-pool";
import { CognitoUserPoolClient } from "@cdktf/provider-aws/lib/cognito-user-pool-client";
import { CognitoUserPoolDomain } from "@cdktf/provider-aws/lib/cognito-user-pool-domain";
import { Fn, Token } from "cdktf";
import { Construct } from "constructs";
import type { Environment } from "../../environments/environment";
import { PRODUCERS } from "../../handlers/accept-uploads/contract";
import { EDITORS, GROUPS_CLAIM } from "../../handlers/shared/roles";

/** What the player page needs in order to sign a viewer in, by authorization code with PKCE. */
export interface SignIn {
  /** Address below which `/.well-known/openid-configuration` stands. */
  readonly issuer: string;
  /** A public client: a page can keep no secret. */
  readonly clientId: string;
  readonly scopes: readonly string[];
  /** Claim of the issuer's tokens that lists roles; absent where it is not named, and nobody has one. */
  readonly groupsClaim?: string;
  /** Parameter of the issuer's sign-out address that says where to go afterwards. */
  readonly signOutParameter: "logout_uri" | "post_logout_redirect_uri";
}

const POOL_SCOPES = ["openid", "email"];
/** By OpenID Connect's convention a refresh token is asked for; Cognito gives one without. */
const EXTERNAL_SCOPES = ["openid", "email", "offline_access"];

/** Who viewers are: the environment's own user pool, or an external OpenID Connect issuer. */
export class Identity extends Construct {
  readonly issuer: string;
  /** Clients whose tokens the API takes. */
  readonly audiences: readonly string[];
  /** Claim of the token that lists roles; empty: the issuer names none, so nobody has one. */
  readonly groupsClaim: string;
  /** Absent with an external issuer that names no client for the page. */
  readonly signIn?: SignIn;
  /** Client with which the platform's own viewer signs in by password; only where the environment checks itself. */
  readonly checkClientId?: string;
  /** Whom the player page asks in order to sign a viewer in, as CSP sources. */
  readonly pageConnects: readonly string[];
  private readonly client?: CognitoUserPoolClient;

  constructor(scope: Construct, id: string, environment: Environment) {
    super(scope, id);
    const { issuer } = environment.entitle;
    if (issuer) {
      this.issuer = issuer.url;
      this.audiences = [issuer.audience];
      this.groupsClaim = issuer.groupsClaim ?? "";
      this.signIn = issuer.clientId ? external(issuer.url, issuer.clientId, issuer.groupsClaim) : undefined;
      this.pageConnects = [new URL(issuer.url).origin, ...(issuer.pageOrigins ?? [])];
      return;
    }
    const { name } = environment;
    const pool = this.makePool(environment);
    this.client = this.makeClient(environment, pool);
    this.issuer = `https://${pool.endpoint}`;
    if (environment.operate.check) this.checkClientId = this.makeCheckClient(environment, pool).id;
    this.audiences = [this.client.id, ...(this.checkClientId === undefined ? [] : [this.checkClientId])];
    this.groupsClaim = GROUPS_CLAIM;
    this.signIn = {
      // Without a scheme, so that the page asks the way it was asked for: https, or the plain http of one machine.
      issuer: `//${pool.endpoint}`,
      clientId: this.client.id,
      scopes: POOL_SCOPES,
      groupsClaim: GROUPS_CLAIM,
      // Cognito's own: https://docs.aws.amazon.com/cognito/latest/developerguide/logout-endpoint.html
      signOutParameter: "logout_uri",
    };
    // The pool's documents, and the host of its domain, where codes are exchanged. Without a scheme, as above.
    this.pageConnects = [
      documentsOf(pool, name),
      `${domainPrefix(environment)}.auth.${environment.region}.amazoncognito.com`,
    ];
  }

  /** Lets the pool send viewers back to the page. Its address is the edge's, which is made later. */
  returnTo(page: string): void {
    if (!this.client) return;
    this.client.callbackUrls = [page];
    this.client.logoutUrls = [page];
  }

  private makePool(environment: Environment): CognitoUserPool {
    const { name } = environment;
    const pool = new CognitoUserPool(this, "viewers", {
      name: `vod-viewers-${name}`,
      usernameAttributes: ["email"],
      autoVerifiedAttributes: ["email"],
      adminCreateUserConfig: { allowAdminCreateUserOnly: true },
      passwordPolicy: {
        minimumLength: 12,
        requireLowercase: true,
        requireUppercase: true,
        requireNumbers: true,
        requireSymbols: false,
        temporaryPasswordValidityDays: 3,
      },
      deletionProtection: name === "local" ? "INACTIVE" : "ACTIVE",
    });
    const group = (name: string, description: string) =>
      new CognitoUserGroup(this, name, { name, userPoolId: pool.id, description });
    group(PRODUCERS, "May upload titles of their own");
    group(EDITORS, "May upload, publish, withdraw and license titles");
    // Host of the pages where passwords are typed. Prefixes are one namespace for all accounts of a Region.
    new CognitoUserPoolDomain(this, "viewers:domain", { domain: domainPrefix(environment), userPoolId: pool.id });
    return pool;
  }

  private makeClient({ name }: Environment, pool: CognitoUserPool): CognitoUserPoolClient {
    return new CognitoUserPoolClient(this, "player", {
      name: `vod-player-${name}`,
      userPoolId: pool.id,
      generateSecret: false,
      supportedIdentityProviders: ["COGNITO"],
      allowedOauthFlowsUserPoolClient: true,
      allowedOauthFlows: ["code"],
      allowedOauthScopes: POOL_SCOPES,
      explicitAuthFlows: ["ALLOW_REFRESH_TOKEN_AUTH"], // no password passes through the player page
      preventUserExistenceErrors: "ENABLED",
      enableTokenRevocation: true,
      accessTokenValidity: 60,
      idTokenValidity: 60,
      refreshTokenValidity: 30,
      tokenValidityUnits: [{ accessToken: "minutes", idToken: "minutes", refreshToken: "days" }],
    });
  }

  /** Apart from the page's, through which no password passes; its tokens do not last, and nothing renews them. */
  private makeCheckClient({ name }: Environment, pool: CognitoUserPool): CognitoUserPoolClient {
    return new CognitoUserPoolClient(this, "check", {
      name: `vod-check-${name}`,
      userPoolId: pool.id,
      generateSecret: false,
      explicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"],
      preventUserExistenceErrors: "ENABLED",
      enableTokenRevocation: true,
      accessTokenValidity: 5,
      idTokenValidity: 5,
      refreshTokenValidity: 1,
      tokenValidityUnits: [{ accessToken: "minutes", idToken: "minutes", refreshToken: "hours" }],
    });
  }
}

/**
 * Where a pool's documents stand, as a CSP source: below its id, since the host takes calls to any pool of the Region, an
 * attacker's too. On one machine the host is the gateway's, which takes codes and uploads as well.
 */
function documentsOf({ endpoint }: CognitoUserPool, environment: string): string {
  return environment === "local" ? Token.asString(Fn.element(Fn.split("/", endpoint), 0)) : `${endpoint}/`;
}

function domainPrefix({ name, account }: Environment): string {
  return `vod-${name}-${account}`;
}

function external(issuer: string, clientId: string, groupsClaim: string | undefined): SignIn {
  return { issuer, clientId, scopes: EXTERNAL_SCOPES, groupsClaim, signOutParameter: "post_logout_redirect_uri" };
}
