import { parseCookies } from "./cookies";
import { parseQuery, queryValue, withoutParameters } from "./query";

/** What a viewer presents at the gate, from the query of a signed URL or from signed cookies, still encoded. */
export interface SignedCredentials {
  readonly keyPairId?: string;
  readonly signature?: string;
  readonly policy?: string;
  readonly expires?: string;
  readonly hashAlgorithm?: string;
}

/** Query parameters that CloudFront keeps for itself where access is restricted. */
export const SIGNING_PARAMETERS: ReadonlySet<string> = new Set([
  "Policy",
  "Signature",
  "Key-Pair-Id",
  "Expires",
  "Hash-Algorithm",
]);

/** `Expires` alone does not make a signed URL: it is a common name. */
const MARKS = ["Policy", "Signature", "Key-Pair-Id"];

/**
 * Where both come, the URL alone is judged.
 * {@link https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-choosing-signed-urls-cookies.html}
 */
export function readCredentials(query: string, cookieHeader: string | undefined): SignedCredentials {
  const signedUrl = parseQuery(query).some((parameter) => MARKS.includes(parameter.name));
  const cookies = parseCookies(cookieHeader);
  const value = (name: string): string | undefined => {
    const found = signedUrl
      ? queryValue(query, name)
      : cookies.find((cookie) => cookie.name === `CloudFront-${name}`)?.value;
    return found === "" ? undefined : found;
  };
  return {
    keyPairId: value("Key-Pair-Id"),
    signature: value("Signature"),
    policy: value("Policy"),
    expires: value("Expires"),
    hashAlgorithm: value("Hash-Algorithm"),
  };
}

export function withoutSigningParameters(query: string): string {
  return withoutParameters(query, SIGNING_PARAMETERS);
}
