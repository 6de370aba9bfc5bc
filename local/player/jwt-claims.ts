import { asRecord } from "./read";

/** What a token says, unverified: good for what the page shows, never for what anybody may do. */
export function claimsOf(token: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const payload = atob((token.split(".")[1] ?? "").replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(payload, (character) => character.charCodeAt(0));
    return asRecord(JSON.parse(new TextDecoder().decode(bytes)));
  } catch {
    return undefined; // reported by the caller: what the token holds is for no message
  }
}
