import { ANONYMOUS } from "../../../../local/kernel/aws-service";
import { createCognito, type Cognito } from "../../../../local/services/cognito/cognito";
import {
  callJson,
  counter,
  deploymentOf,
  manualTime,
  OPERATOR,
  recordingAuthorize,
  temporaryDirectory,
} from "../test-kit";

export const directory = temporaryDirectory();
export const POOL = "eu-west-1_Viewers01";
export const ISSUER = `https://127.0.0.1:4566/${POOL}`;
export const POOL_ARN = `arn:aws:cognito-idp:eu-west-1:000000000000:userpool/${POOL}`;
export const VIEWER = { username: "viewer@example.com", password: "correct horse" };

/** Where the edge of this deployment listens. */
export const EDGE = "127.0.0.1:8080";

const RESOURCES = {
  "aws_cognito_user_pool.viewers": { id: POOL, endpoint: `127.0.0.1:4566/${POOL}`, username_attributes: ["email"] },
  "aws_cognito_user_group.editors": { user_pool_id: POOL, name: "editors" },
  "aws_cognito_user_pool_client.player": {
    id: "player",
    user_pool_id: POOL,
    explicit_auth_flows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH"],
    access_token_validity: 15,
    refresh_token_validity: 2,
    token_validity_units: [{ access_token: "minutes", refresh_token: "hours" }],
    allowed_oauth_flows_user_pool_client: true,
    allowed_oauth_flows: ["code"],
    allowed_oauth_scopes: ["openid", "email"],
    callback_urls: [`https://${EDGE}/app/`],
    logout_urls: [`https://${EDGE}/app/`],
  },
  "aws_cognito_user_pool_client.strict": { id: "strict", user_pool_id: POOL, explicit_auth_flows: [] },
  "aws_cognito_user_pool_client.other": {
    id: "other",
    user_pool_id: POOL,
    allowed_oauth_flows_user_pool_client: true,
    allowed_oauth_flows: ["implicit"],
    allowed_oauth_scopes: ["openid"],
    callback_urls: ["https://other.example/"],
  },
  "aws_cognito_user_pool_domain.viewers": { user_pool_id: POOL, domain: "vod-local-1" },
};

/** All share one directory, hence one key and one set of users, as after a restart. */
export function start(without: readonly string[] = []) {
  const time = manualTime();
  const { authorize, calls } = recordingAuthorize();
  const cognito = createCognito({
    deployment: deploymentOf(
      Object.fromEntries(Object.entries(RESOURCES).filter(([address]) => !without.includes(address))),
    ),
    directory,
    authorize,
    clock: time.clock,
    ids: unique,
  });
  return { cognito, time, calls };
}

export const unique = counter("uuid");

export const call = (cognito: Cognito, operation: string, input: object, principal = ANONYMOUS) =>
  callJson(cognito, `AWSCognitoIdentityProviderService.${operation}`, input, principal);

export const admin = (cognito: Cognito, operation: string, input: object) =>
  call(cognito, operation, { UserPoolId: POOL, ...input }, OPERATOR);

export interface AuthenticationResult {
  readonly AccessToken: string;
  readonly IdToken: string;
  readonly RefreshToken?: string;
  readonly ExpiresIn: number;
  readonly TokenType: string;
}

export async function signIn(
  cognito: Cognito,
  { username, password }: { username: string; password: string } = VIEWER,
) {
  const parameters = { USERNAME: username, PASSWORD: password };
  return call(cognito, "InitiateAuth", {
    AuthFlow: "USER_PASSWORD_AUTH",
    ClientId: "player",
    AuthParameters: parameters,
  });
}

export async function tokensOf(cognito: Cognito): Promise<AuthenticationResult> {
  await cognito.ensureUser(VIEWER);
  return (await signIn(cognito)).AuthenticationResult as AuthenticationResult;
}

export const refresh = (cognito: Cognito, token: string | undefined, client = "player") =>
  call(cognito, "InitiateAuth", {
    AuthFlow: "REFRESH_TOKEN_AUTH",
    ClientId: client,
    AuthParameters: { REFRESH_TOKEN: token },
  });
