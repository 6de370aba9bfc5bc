import { isRecord } from "../shared/read-event";
import { ok, refused, type Result } from "../shared/result";
import type { CheckViewer } from "./check-viewer";
import type { Fetch } from "./watch";

/** Signs a viewer in by name and password, and gives the access token. */
export type SignIn = (viewer: CheckViewer) => Promise<Result<string>>;

/**
 * By Cognito's own call, which is not signed: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_InitiateAuth.html
 */
export function cognitoSignIn(fetch: Fetch, endpoint: string, clientId: string): SignIn {
  return async ({ username, password }) => {
    const response = await fetch(endpoint, {
      method: "POST",
      headers: {
        "content-type": "application/x-amz-json-1.1",
        "x-amz-target": "AWSCognitoIdentityProviderService.InitiateAuth",
      },
      body: JSON.stringify({
        AuthFlow: "USER_PASSWORD_AUTH",
        ClientId: clientId,
        AuthParameters: { USERNAME: username, PASSWORD: password },
      }),
    });
    const answer: unknown = await response.json();
    if (!isRecord(answer)) return refused(`Cognito answered ${response.status} without an object`);
    const { AuthenticationResult: result, ChallengeName: challenge, __type: type } = answer;
    if (isRecord(result) && typeof result.AccessToken === "string") return ok(result.AccessToken);
    const reason = typeof challenge === "string" ? challenge : typeof type === "string" ? type : "no token";
    return refused(`Cognito answered ${response.status}: ${reason}`);
  };
}
