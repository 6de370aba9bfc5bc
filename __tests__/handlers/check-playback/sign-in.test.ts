import { cognitoSignIn } from "../../../handlers/check-playback/sign-in";

const VIEWER = { username: "check@example.com", password: "secret-word" };

async function signIn(status: number, answer: unknown) {
  const calls: [string, RequestInit | undefined][] = [];
  const fetch = (address: string, options?: RequestInit) => {
    calls.push([address, options]);
    return Promise.resolve(new Response(JSON.stringify(answer), { status }));
  };
  return { result: await cognitoSignIn(fetch, "https://cognito.example/", "client-1")(VIEWER), calls };
}

test("the viewer signs in by password with the check's own client", async () => {
  const { result, calls } = await signIn(200, { AuthenticationResult: { AccessToken: "token-1" } });
  expect(result).toEqual({ ok: true, value: "token-1" });
  const [[address, options] = []] = calls;
  expect([address, options?.method, options?.headers]).toEqual([
    "https://cognito.example/",
    "POST",
    {
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": "AWSCognitoIdentityProviderService.InitiateAuth",
    },
  ]);
  expect(JSON.parse(options?.body as string)).toEqual({
    AuthFlow: "USER_PASSWORD_AUTH",
    ClientId: "client-1",
    AuthParameters: { USERNAME: "check@example.com", PASSWORD: "secret-word" },
  });
});

test.each([
  [400, { __type: "NotAuthorizedException", message: "secret-word" }, "Cognito answered 400: NotAuthorizedException"],
  [200, { ChallengeName: "NEW_PASSWORD_REQUIRED" }, "Cognito answered 200: NEW_PASSWORD_REQUIRED"],
  [200, {}, "Cognito answered 200: no token"],
  [503, [], "Cognito answered 503 without an object"],
])("an answer %d %j is told in Cognito's word alone", async (status, answer, problem) => {
  expect((await signIn(status, answer)).result).toEqual({ ok: false, problem });
});
