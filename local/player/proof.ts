/** What proves that an answer belongs to this page's own question. */
export interface Proof {
  /** Comes back with the code: the answer is to this question. */
  readonly state: string;
  /** Comes back in the id token: the token is for this question. */
  readonly nonce: string;
  /** Handed in with the code: whoever asked redeems it (https://www.rfc-editor.org/rfc/rfc7636). */
  readonly verifier: string;
}

/** New and not to be guessed: 256 random bits each. */
export function createProof(crypto: Pick<Crypto, "getRandomValues">): Proof {
  const random = (): string => base64url(crypto.getRandomValues(new Uint8Array(32)));
  return { state: random(), nonce: random(), verifier: random() };
}

/** The S256 challenge of a verifier. */
export async function challengeOf(verifier: string, crypto: Pick<Crypto, "subtle">): Promise<string> {
  return base64url(new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier))));
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}
