import { decodeJwt } from "jose";
import { OPERATOR } from "../test-kit";
import { admin, call, POOL, POOL_ARN, signIn, start, VIEWER, type AuthenticationResult } from "./test-cognito";

describe("administration", () => {
  test("creates a user whose temporary password signs nobody in, until there is a permanent one", async () => {
    const { cognito, calls } = start();
    const Username = "new@example.com";
    const created = await admin(cognito, "AdminCreateUser", { Username, TemporaryPassword: "temporary1" });
    expect(created).toMatchObject({ User: { Enabled: true, UserStatus: "FORCE_CHANGE_PASSWORD" } });
    expect(await signIn(cognito, { username: Username, password: "temporary1" })).toMatchObject({
      ChallengeName: "NEW_PASSWORD_REQUIRED",
    });
    expect(await admin(cognito, "AdminSetUserPassword", { Username, Password: "permanent1", Permanent: true })).toEqual(
      {},
    );
    expect(await signIn(cognito, { username: Username, password: "temporary1" })).toHaveProperty("refused");
    expect(await signIn(cognito, { username: Username, password: "permanent1" })).toHaveProperty(
      "AuthenticationResult.AccessToken",
    );
    expect(await admin(cognito, "AdminAddUserToGroup", { Username, GroupName: "editors" })).toEqual({});
    const parameters = { USERNAME: Username, PASSWORD: "permanent1" };
    const input = { AuthFlow: "ADMIN_USER_PASSWORD_AUTH", ClientId: "player", AuthParameters: parameters };
    const { AccessToken } = (await admin(cognito, "AdminInitiateAuth", input))
      .AuthenticationResult as AuthenticationResult;
    expect(decodeJwt(AccessToken)["cognito:groups"]).toEqual(["editors"]);
    expect(calls).toEqual(
      ["AdminCreateUser", "AdminSetUserPassword", "AdminAddUserToGroup", "AdminInitiateAuth"].map(
        (operation) => `${OPERATOR.arn} cognito-idp:${operation} ${POOL_ARN}`,
      ),
    );
  });

  test("lists users page by page, and tells of one", async () => {
    const { cognito, time } = start();
    await cognito.ensureUser(VIEWER);
    await cognito.ensureUser({ ...VIEWER, username: "second@example.com" });
    const first = await admin(cognito, "ListUsers", { Limit: 1 });
    expect(first.Users).toHaveLength(1);
    const rest = await admin(cognito, "ListUsers", { PaginationToken: first.PaginationToken });
    expect(rest.PaginationToken).toBeUndefined();
    const emails = [first, rest].flatMap(({ Users }) =>
      (Users as { Attributes: { Value: string }[] }[]).map((user) => user.Attributes[1]?.Value),
    );
    expect(emails).toEqual(expect.arrayContaining([VIEWER.username, "second@example.com"]));
    expect(await admin(cognito, "AdminGetUser", { Username: "second@example.com" })).toMatchObject({
      UserStatus: "CONFIRMED",
      UserCreateDate: time.clock() / 1000,
      UserAttributes: [{ Name: "sub" }, { Name: "email", Value: "second@example.com" }],
    });
  });

  test.each([
    ["AdminGetUser", { Username: "nobody" }, "UserNotFoundException: User does not exist."],
    ["AdminCreateUser", { Username: VIEWER.username }, "UsernameExistsException: User account already exists"],
    [
      "AdminSetUserPassword",
      { Username: VIEWER.username, Password: "short" },
      "InvalidPasswordException: Password did not conform with policy: Password not long enough",
    ],
    [
      "AdminAddUserToGroup",
      { Username: VIEWER.username, GroupName: "nobody" },
      "ResourceNotFoundException: Group not found.",
    ],
    ["ListUsers", { UserPoolId: "other" }, "ResourceNotFoundException: User pool other does not exist."],
    [
      "DeleteUserPool",
      {},
      "UnknownOperationException: Cognito answers InitiateAuth, GetUser, RevokeToken, AdminCreateUser, AdminSetUserPassword, AdminInitiateAuth, AdminGetUser, AdminAddUserToGroup, ListUsers here, got DeleteUserPool.",
    ],
  ])("%s %j is refused", async (operation, input, refused) => {
    const { cognito } = start();
    await cognito.ensureUser(VIEWER);
    expect(await admin(cognito, operation, input)).toEqual({ refused });
  });

  test("is not for those who did not sign", async () => {
    expect(await call(start().cognito, "ListUsers", { UserPoolId: POOL })).toEqual({
      refused: "MissingAuthenticationTokenException: Missing Authentication Token",
    });
  });
});
