import { CognitoUserPool } from "@cdktf/provider-aws/lib/cognito-user-pool";
import { CognitoUserPoolClient } from "@cdktf/provider-aws/lib/cognito-user-pool-client";
import { Construct } from "constructs";
import type { Environment } from "../../environments/environment";

/** What the player page needs in order to sign a viewer in. */
export interface SignIn {
  /** Host and pool, without a scheme: `cognito-idp.<region>.amazonaws.com/<pool>`. */
  readonly userPoolEndpoint: string;
  readonly clientId: string;
}

/** Who viewers are: the environment's own user pool, or an external OpenID Connect issuer. */
export class Identity extends Construct {
  readonly issuer: string;
  readonly audience: string;
  /** Absent with an external issuer: its own page signs viewers in. */
  readonly signIn?: SignIn;

  constructor(scope: Construct, id: string, { name, entitle }: Environment) {
    super(scope, id);
    if (entitle.issuer) {
      this.issuer = entitle.issuer.url;
      this.audience = entitle.issuer.audience;
      return;
    }
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
    const client = new CognitoUserPoolClient(this, "player", {
      name: `vod-player-${name}`,
      userPoolId: pool.id,
      generateSecret: false,
      explicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
      preventUserExistenceErrors: "ENABLED",
      enableTokenRevocation: true,
      accessTokenValidity: 60,
      idTokenValidity: 60,
      refreshTokenValidity: 30,
      tokenValidityUnits: [{ accessToken: "minutes", idToken: "minutes", refreshToken: "days" }],
    });
    this.issuer = `https://${pool.endpoint}`;
    this.audience = client.id;
    this.signIn = { userPoolEndpoint: pool.endpoint, clientId: client.id };
  }
}
