import { AwsError } from "../../kernel/aws-service";
import type { JsonInput } from "../json-protocol";
import { attributeList, initiateAuth } from "./public-operations";
import type { UserPool } from "./user-pool";
import type { User } from "./user-store";

type AdminOperation = (input: JsonInput, pool: UserPool) => unknown;

/** Operations that need a signature and the IAM action of their name on the pool. */
export const ADMIN_OPERATIONS: Readonly<Record<string, AdminOperation>> = {
  async AdminCreateUser(input, pool) {
    const name = input.text("Username");
    const attributes = input
      .objects("UserAttributes")
      .map((each) => [each.text("Name"), each.optionalText("Value") ?? ""]);
    const user = pool.create(name, Object.fromEntries(attributes) as Record<string, string>);
    const temporary = input.optionalText("TemporaryPassword");
    return { User: describe(temporary ? await pool.setPassword(name, temporary, "FORCE_CHANGE_PASSWORD") : user) };
  },

  async AdminSetUserPassword(input, pool) {
    const status = input.optionalBoolean("Permanent") === true ? "CONFIRMED" : "FORCE_CHANGE_PASSWORD";
    await pool.setPassword(input.text("Username"), input.text("Password"), status);
    return {};
  },

  AdminInitiateAuth: (input, pool) =>
    initiateAuth(input, pool, {
      ADMIN_USER_PASSWORD_AUTH: "ALLOW_ADMIN_USER_PASSWORD_AUTH",
      ADMIN_NO_SRP_AUTH: "ALLOW_ADMIN_USER_PASSWORD_AUTH",
    }),

  AdminGetUser(input, pool) {
    const { Attributes, ...user } = describe(pool.user(input.text("Username")));
    return { ...user, UserAttributes: Attributes };
  },

  AdminAddUserToGroup(input, pool) {
    const group = input.text("GroupName");
    if (!pool.settings.groups.includes(group)) throw new AwsError("ResourceNotFoundException", "Group not found.");
    pool.addToGroup(input.text("Username"), group);
    return {};
  },

  ListUsers(input, pool) {
    const limit = input.optionalInteger("Limit", 0, 60) ?? 60;
    const start = Number(input.optionalText("PaginationToken") ?? 0);
    const end = start + limit;
    return {
      Users: pool.users.slice(start, end).map(describe),
      ...(end < pool.users.length && { PaginationToken: String(end) }),
    };
  },
};

const describe = (user: User) => ({
  Username: user.username,
  Attributes: attributeList(user),
  UserCreateDate: user.createdAt / 1000,
  UserLastModifiedDate: user.modifiedAt / 1000,
  Enabled: true,
  UserStatus: user.status,
});
