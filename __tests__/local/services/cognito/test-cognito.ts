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
  },
  "aws_cognito_user_pool_client.strict": { id: "strict", user_pool_id: POOL, explicit_auth_flows: [] },
};

/** All share one directory, hence one key and one set of users, as after a restart. */
export function start() {
  const time = manualTime();
  const { authorize, calls } = recordingAuthorize();
  const cognito = createCognito({
    deployment: deploymentOf(RESOURCES),
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
