import { AwsError } from "../../kernel/aws-service";
import type { JsonInput } from "../json-protocol";
import type { ClientSettings } from "./pool-settings";
import type { Tokens } from "./token-issuer";
import type { User } from "./user-store";
import type { UserPool } from "./user-pool";

/** Finds the pool that a client, or an access token, belongs to. */
export interface PoolFinder {
  byClient(clientId: string): UserPool;
  byToken(accessToken: string): UserPool;
}

type PublicOperation = (input: JsonInput, pools: PoolFinder) => unknown;

/** Operations that viewers call without a signature; password, refresh token or access token prove who they are. */
export const PUBLIC_OPERATIONS: Readonly<Record<string, PublicOperation>> = {
  InitiateAuth(input, pools) {
    const pool = pools.byClient(input.text("ClientId"));
    return initiateAuth(input, pool, { USER_PASSWORD_AUTH: "ALLOW_USER_PASSWORD_AUTH" });
  },

  async GetUser(input, pools) {
    const accessToken = input.text("AccessToken");
    const user = await pools.byToken(accessToken).issuer.userOf(accessToken);
    return { Username: user.username, UserAttributes: attributeList(user) };
  },

  RevokeToken(input, pools) {
    const clientId = input.text("ClientId");
    pools.byClient(clientId).issuer.revoke(input.text("Token"), clientId);
    return {};
  },
};

/** Signs in by password or refresh token; `passwordFlows` maps the flow's name to what the client must allow. */
export async function initiateAuth(
  input: JsonInput,
  pool: UserPool,
  passwordFlows: Readonly<Record<string, string>>,
): Promise<unknown> {
  const flow = input.text("AuthFlow");
  const client = pool.client(input.text("ClientId"));
  const parameters = input.object("AuthParameters");
  if (flow === "REFRESH_TOKEN_AUTH" || flow === "REFRESH_TOKEN") {
    demandFlow(client, "ALLOW_REFRESH_TOKEN_AUTH", flow);
    return authenticated(await pool.issuer.refresh(parameters.text("REFRESH_TOKEN"), client));
  }
  const permission = passwordFlows[flow];
  if (!permission) {
    const allowed = [...Object.keys(passwordFlows), "REFRESH_TOKEN_AUTH"].join(", ");
    throw new AwsError("InvalidParameterException", `AuthFlow must be one of ${allowed}, got ${flow}.`);
  }
  demandFlow(client, permission, flow);
  const user = await pool.verified(parameters.text("USERNAME"), parameters.text("PASSWORD"));
  if (user.status === "FORCE_CHANGE_PASSWORD") return newPasswordRequired(user);
  return authenticated(await pool.issuer.signIn(user, client));
}

function demandFlow(client: ClientSettings, permission: string, flow: string): void {
  if (client.authFlows.includes(permission)) return;
  throw new AwsError("InvalidParameterException", `${flow} flow not enabled for this client`);
}

const authenticated = (tokens: Tokens): unknown => ({ ChallengeParameters: {}, AuthenticationResult: tokens });

/** A temporary password signs nobody in; here an administrator sets a permanent one. */
const newPasswordRequired = (user: User): unknown => ({
  ChallengeName: "NEW_PASSWORD_REQUIRED",
  ChallengeParameters: {
    USER_ID_FOR_SRP: user.username,
    requiredAttributes: "[]",
    userAttributes: JSON.stringify(user.attributes),
  },
});

/** `sub` first, as Cognito lists attributes. */
export function attributeList(user: User): { Name: string; Value: string }[] {
  return Object.entries({ sub: user.sub, ...user.attributes }).map(([Name, Value]) => ({ Name, Value }));
}
