import type { IdentityClient, Tokens } from "./identity";
import type { Problem } from "./problem";
import { ok, refused, type Result } from "./result";

/** A token is renewed this long before it ends, so that none dies on its way. */
const RENEW_BEFORE_MS = 60_000;

const SIGNED_OUT: Problem = {
  kind: "signed-out",
  code: "SIGNED_OUT",
  title: "You are not signed in",
  advice: "Sign in to go on watching.",
};

/**
 * A viewer's tokens, in this page's memory and nowhere else: what other scripts, tabs and later visitors of a shared
 * machine cannot read they cannot steal. The price is one sign-in a page load, which asks for no password as long as
 * the identity service knows the browser.
 */
export interface Session {
  /** Takes the tokens of a sign-in. */
  open(tokens: Tokens): void;
  /** A token that is good for a minute or more, renewed when it is not. Calls at the same time share one renewal. */
  bearer(): Promise<Result<string>>;
  /** The service refused the token though its time is not over: the next `bearer()` renews it. */
  distrust(): void;
  /** Forgets the tokens at once, and asks the service to revoke them. */
  signOut(): Promise<void>;
}

export function createSession(identity: Pick<IdentityClient, "renew" | "revoke">, now: () => number): Session {
  let held: { tokens: Tokens; endsAt: number } | undefined;
  let renewal: Promise<Result<string>> | undefined;

  const hold = (tokens: Tokens): void => {
    held = { tokens, endsAt: now() + tokens.lifeSeconds * 1000 };
  };
  const renew = async (refresh: string): Promise<Result<string>> => {
    const answer = await identity.renew(refresh);
    if (held?.tokens.refresh !== refresh) return refused(SIGNED_OUT); // signed out meanwhile
    if (!answer.ok) {
      if (answer.problem.kind === "signed-out") held = undefined;
      return answer.problem.kind === "signed-out" ? refused(SIGNED_OUT) : answer;
    }
    hold({ ...answer.value, refresh: answer.value.refresh ?? refresh });
    return ok(answer.value.access);
  };
  return {
    open: hold,
    async bearer() {
      if (!held) return refused(SIGNED_OUT);
      if (now() < held.endsAt - Math.min(RENEW_BEFORE_MS, held.tokens.lifeSeconds * 500)) return ok(held.tokens.access);
      if (!held.tokens.refresh) return refused(SIGNED_OUT);
      renewal ??= renew(held.tokens.refresh).finally(() => (renewal = undefined));
      return renewal;
    },
    distrust() {
      if (held) held = { ...held, endsAt: 0 };
    },
    async signOut() {
      const refresh = held?.tokens.refresh;
      held = undefined;
      // Best effort: without an answer the tokens still end by themselves, and nobody holds them any more.
      if (refresh) await identity.revoke(refresh);
    },
  };
}
