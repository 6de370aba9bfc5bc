import type { PlayerConfig } from "./config";
import { readIdToken } from "./id-token";
import type { IdentityClient, Tokens } from "./identity";
import { unreadable, type Problem } from "./problem";
import { challengeOf, createProof, type Proof } from "./proof";
import type { Provider } from "./provider";
import { asRecord, asText } from "./read";
import { ok, refused, type Result } from "./result";

/** A viewer who came back from the sign-in page. */
export interface Arrival {
  /** The name to show. */
  readonly viewer: string;
  readonly tokens: Tokens;
}

export interface SignIn {
  /** The address of the sign-in page. What proves its answer is kept until it comes; `hash` is where to go on. */
  begin(hash: string): Promise<Result<string>>;
  /**
   * What the page's address says of a sign-in; undefined when it says nothing. `hash` is where to go on, also after a
   * refusal. The proof is gone afterwards: an answer is looked at once.
   */
  finish(search: string): Promise<{ readonly hash: string; readonly arrival: Result<Arrival> } | undefined>;
  /** Where the issuer ends its own session, so that the next sign-in asks for a password; undefined: nowhere. */
  signOutAddress(): Promise<string | undefined>;
}

export interface SignInDeps {
  readonly config: PlayerConfig;
  readonly provider: () => Promise<Result<Provider>>;
  readonly identity: Pick<IdentityClient, "redeem">;
  readonly crypto: Pick<Crypto, "getRandomValues" | "subtle">;
  /** Lives as long as this tab; holds the proof while the viewer is away at the sign-in page. */
  readonly storage: Pick<Storage, "getItem" | "setItem" | "removeItem">;
  /** Where the sign-in page sends the viewer: the page's registered address. */
  readonly redirectUri: string;
}

const KEY = "sign-in";

/** Authorization code with PKCE (RFC 6749, 7636): passwords are typed on the issuer's page, never on this one. */
export function createSignIn({ config, provider, identity, crypto, storage, redirectUri }: SignInDeps): SignIn {
  const redeem = async (answer: URLSearchParams, pending: Pending | undefined): Promise<Result<Arrival>> => {
    if (!pending || answer.get("state") !== pending.state) return refused(FOREIGN);
    const code = answer.get("code");
    if (!code) return refused(declined(answer.get("error")));
    const where = await provider();
    if (!where.ok) return where;
    const tokens = await identity.redeem({ code, verifier: pending.verifier, redirectUri });
    if (!tokens.ok) return tokens;
    if (!tokens.value.id) return refused(unreadable("The sign-in answer", "It holds no id token."));
    const { clientId } = config;
    const viewer = readIdToken(tokens.value.id, { issuer: where.value.issuer, clientId, nonce: pending.nonce });
    return viewer.ok ? ok({ viewer: viewer.value, tokens: tokens.value }) : viewer;
  };
  return {
    async begin(hash) {
      const where = await provider();
      if (!where.ok) return where;
      const proof = createProof(crypto);
      storage.setItem(KEY, JSON.stringify({ ...proof, hash }));
      return ok(
        withQuery(where.value.authorizationEndpoint, {
          response_type: "code",
          client_id: config.clientId,
          redirect_uri: redirectUri,
          scope: config.scopes,
          state: proof.state,
          nonce: proof.nonce,
          code_challenge: await challengeOf(proof.verifier, crypto),
          code_challenge_method: "S256",
        }),
      );
    },
    async finish(search) {
      const answer = new URLSearchParams(search);
      if (!answer.has("state") && !answer.has("code") && !answer.has("error")) return undefined;
      const pending = parsePending(storage.getItem(KEY));
      storage.removeItem(KEY);
      return { hash: pending?.hash ?? "", arrival: await redeem(answer, pending) };
    },
    async signOutAddress() {
      const where = await provider();
      if (!where.ok || !where.value.endSessionEndpoint) return undefined;
      const { clientId, signOutParameter } = config;
      return withQuery(where.value.endSessionEndpoint, { client_id: clientId, [signOutParameter]: redirectUri });
    },
  };
}

type Pending = Proof & { readonly hash: string };

function parsePending(text: string | null): Pending | undefined {
  try {
    const { state, nonce, verifier, hash } = asRecord(JSON.parse(text ?? "")) ?? {};
    const proof = { state: asText(state), nonce: asText(nonce), verifier: asText(verifier) };
    if (!proof.state || !proof.nonce || !proof.verifier) return undefined;
    return { state: proof.state, nonce: proof.nonce, verifier: proof.verifier, hash: asText(hash) ?? "" };
  } catch {
    return undefined; // nothing was kept, or not by this page: there is no sign-in to finish
  }
}

function withQuery(address: string, parameters: Readonly<Record<string, string>>): string {
  const url = new URL(address);
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.href;
}

/** The answer is to no question of this tab: somebody else's link, or an address that was used before. */
const FOREIGN: Problem = {
  kind: "signed-out",
  code: "STATE_MISMATCH",
  title: "This sign-in was not begun here",
  advice: "Nothing of it was used. Sign in from this page.",
};

/** Codes of RFC 6749, 4.1.2.1, and OpenID Connect's own. */
function declined(error: string | null): Problem {
  const code = /^\w{1,60}$/.exec(error ?? "")?.[0] ?? "no_code";
  if (code === "access_denied")
    return { kind: "signed-out", code, title: "You were not signed in", advice: "The sign-in page refused it." };
  if (code === "temporarily_unavailable" || code === "server_error")
    return { kind: "fault", code, title: "The sign-in page has a fault", advice: "Try again in a moment." };
  const advice = "This page and the identity service do not agree on their settings. Tell your operator.";
  return { kind: "fault", code, title: "You could not be signed in", advice };
}
