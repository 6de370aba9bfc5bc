import { join } from "node:path";
import { AwsError } from "../../kernel/aws-service";
import type { Clock } from "../../kernel/clock";
import { hashPassword, verifyPassword } from "./passwords";
import type { ClientSettings, PoolSettings } from "./pool-settings";
import { createTokenIssuer, type TokenIssuer } from "./token-issuer";
import { UserStore, type User, type UserStatus } from "./user-store";

export interface UserPoolOptions {
  readonly settings: PoolSettings;
  readonly directory: string;
  readonly clock: Clock;
  readonly ids: () => string;
}

/** One user pool: its users, their passwords and groups, and what makes their tokens. */
export class UserPool {
  readonly settings: PoolSettings;
  readonly issuer: TokenIssuer;
  private readonly store: UserStore;

  constructor(private readonly options: UserPoolOptions) {
    const { settings, directory, clock, ids } = options;
    this.settings = settings;
    this.store = new UserStore(join(directory, `${settings.id}-users.json`), clock);
    const keyFile = join(directory, `${settings.id}-key.json`);
    this.issuer = createTokenIssuer({ pool: settings, store: this.store, keyFile, clock, ids });
  }

  get users(): readonly User[] {
    return this.store.users;
  }

  client(id: string): ClientSettings {
    const client = this.settings.clients.find((each) => each.id === id);
    if (!client) throw new AwsError("ResourceNotFoundException", `User pool client ${id} does not exist.`);
    return client;
  }

  /** Throws `UserNotFoundException`: only administrators may learn who exists. */
  user(name: string): User {
    const user = this.store.find(name);
    if (!user) throw new AwsError("UserNotFoundException", "User does not exist.");
    return user;
  }

  exists(name: string): boolean {
    return this.store.find(name) !== undefined;
  }

  create(name: string, attributes: Readonly<Record<string, string>>): User {
    if (this.store.find(name)) throw new AwsError("UsernameExistsException", "User account already exists");
    const sub = this.options.ids();
    const now = this.options.clock();
    const { emailIsUsername } = this.settings;
    return this.store.put({
      sub,
      username: emailIsUsername ? sub : name,
      attributes: { ...attributes, ...(emailIsUsername && { email: name }) },
      password: undefined,
      status: "FORCE_CHANGE_PASSWORD",
      groups: [],
      createdAt: now,
      modifiedAt: now,
    });
  }

  async setPassword(name: string, password: string, status: UserStatus): Promise<User> {
    this.user(name);
    if (password.length < this.settings.minimumPasswordLength) {
      throw new AwsError("InvalidPasswordException", "Password did not conform with policy: Password not long enough");
    }
    const hash = await hashPassword(password);
    // Read again: the user may have changed while the password was hashed.
    return this.store.put({ ...this.user(name), password: hash, status });
  }

  addToGroup(name: string, group: string): void {
    const user = this.user(name);
    if (!user.groups.includes(group)) this.store.put({ ...user, groups: [...user.groups, group] });
  }

  /** Whoever signs in does not learn whether the name or the password was wrong. */
  async verified(name: string, password: string): Promise<User> {
    const user = this.store.find(name);
    if (await verifyPassword(password, user?.password)) return this.user(name);
    throw new AwsError("NotAuthorizedException", "Incorrect username or password.");
  }

  async hasPassword(name: string, password: string): Promise<boolean> {
    const user = this.store.find(name);
    return user?.status === "CONFIRMED" && verifyPassword(password, user.password);
  }
}
