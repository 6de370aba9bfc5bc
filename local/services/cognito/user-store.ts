import type { Clock } from "../../kernel/clock";
import { readPrivateJson, writePrivateJson } from "../../kernel/private-file";
import type { PasswordHash } from "./passwords";

/** A user's status as `ListUsers` tells it, of those that this directory has. */
export type UserStatus = "CONFIRMED" | "FORCE_CHANGE_PASSWORD";

export interface User {
  readonly sub: string;
  /** What signs in; equals `sub` in a pool whose users sign in with their e-mail address. */
  readonly username: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly password: PasswordHash | undefined;
  readonly status: UserStatus;
  readonly groups: readonly string[];
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly modifiedAt: number;
}

/** One sign-in: its refresh token by digest, and what the tokens made from it have in common. */
export interface Session {
  readonly refreshTokenDigest: string;
  readonly sub: string;
  readonly clientId: string;
  /** `origin_jti` of every token of the session. */
  readonly originId: string;
  /** Seconds since 1970, as in `auth_time`. */
  readonly signedInAt: number;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
  readonly revoked: boolean;
  /** Scopes of its access tokens, between spaces; absent after a sign-in by Cognito's own API. */
  readonly scope?: string;
}

interface Contents {
  readonly users: readonly User[];
  readonly sessions: readonly Session[];
}

/** Users and sessions of one pool in one private file. */
export class UserStore {
  private contents: Contents;

  constructor(
    private readonly file: string,
    private readonly clock: Clock,
  ) {
    const kept = readPrivateJson(file, "the users of the local pool; delete it to have the sample accounts made anew");
    this.contents = (kept as Contents | undefined) ?? { users: [], sessions: [] };
  }

  get users(): readonly User[] {
    return this.contents.users;
  }

  /** By user name, by `sub`, or by e-mail address. */
  find(name: string): User | undefined {
    const { users } = this.contents;
    return (
      users.find((user) => user.username === name || user.sub === name) ??
      users.find((user) => user.attributes.email === name)
    );
  }

  /** Adds a user, or replaces the one with the same `sub`. */
  put(user: User): User {
    const kept = this.contents.users.filter((other) => other.sub !== user.sub);
    const stored = { ...user, modifiedAt: this.clock() };
    this.save({ ...this.contents, users: [...kept, stored] });
    return stored;
  }

  session(matches: (session: Session) => boolean): Session | undefined {
    return this.contents.sessions.find(matches);
  }

  /** Adds or replaces a session and forgets those that have run out. */
  putSession(session: Session): void {
    const now = this.clock();
    const kept = this.contents.sessions.filter((other) => other.originId !== session.originId && other.expiresAt > now);
    this.save({ ...this.contents, sessions: [...kept, session] });
  }

  private save(contents: Contents): void {
    writePrivateJson(this.file, contents);
    this.contents = contents;
  }
}
