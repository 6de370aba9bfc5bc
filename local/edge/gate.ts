import { verify, type KeyObject } from "node:crypto";
import type { GateRefusal } from "./refusal";
import { readCredentials, withoutSigningParameters } from "./signed-credentials";
import { cannedPolicy, parsePolicy, policyAdmits } from "./signed-policy";
import type { ViewerRequest } from "./types";
import { decodeUrlSafe } from "./url-safe-base64";

/** In node's names. SHA-1 unless the viewer says otherwise. A map, since an object has names of its own, `toString` say. */
const DIGESTS: ReadonlyMap<string, string> = new Map([
  ["SHA1", "sha1"],
  ["SHA256", "sha256"],
]);

const MISSING_KEY: GateRefusal = {
  code: "MissingKey",
  message: "Missing Key-Pair-Id query parameter or cookie value",
};
const UNKNOWN_KEY: GateRefusal = { code: "InvalidKey", message: "Unknown Key" };
const MALFORMED_POLICY: GateRefusal = { code: "MalformedPolicy", message: "Malformed Policy" };
const MALFORMED_SIGNATURE: GateRefusal = { code: "MalformedSignature", message: "Could not unencode Signature" };
const ACCESS_DENIED: GateRefusal = { code: "AccessDenied", message: "Access denied" };

/**
 * Judges a request to a behaviour with trusted key groups, by signed URL or signed cookies; undefined admits it.
 * `host` is the distribution's domain name: policies are judged against `https://<host><path>[?query]` without the
 * signing parameters. `now` in milliseconds.
 */
export function judge(
  request: ViewerRequest,
  keys: ReadonlyMap<string, KeyObject>,
  host: string,
  now: number,
): GateRefusal | undefined {
  const credentials = readCredentials(request.query, request.headers.cookie);
  if (!credentials.keyPairId) return MISSING_KEY;
  const key = keys.get(credentials.keyPairId);
  if (!key) return UNKNOWN_KEY;

  const query = withoutSigningParameters(request.query);
  const url = `https://${host}${request.path}${query === "" ? "" : `?${query}`}`;
  const signedText = policyText(credentials, url);
  if (signedText === undefined) return MALFORMED_POLICY;

  if (!credentials.signature) return ACCESS_DENIED;
  const signature = decodeUrlSafe(credentials.signature);
  if (!signature) return MALFORMED_SIGNATURE;
  const digest = DIGESTS.get(credentials.hashAlgorithm ?? "SHA1");
  if (!digest || !verify(digest, signedText, key, signature)) return ACCESS_DENIED;

  const policy = parsePolicy(signedText.toString("utf8"));
  if (!policy) return MALFORMED_POLICY;
  // A canned policy names one exact address, in which `*` and `?` are themselves; the signature bound it to `url`.
  const judged = credentials.policy === undefined ? { ...policy, resource: undefined } : policy;
  return policyAdmits(judged, url, request.address, now) ? undefined : ACCESS_DENIED;
}

function policyText(credentials: { policy?: string; expires?: string }, url: string): Buffer | undefined {
  if (credentials.policy !== undefined) return decodeUrlSafe(credentials.policy);
  if (credentials.expires === undefined || !/^\d+$/.test(credentials.expires)) return undefined;
  return Buffer.from(cannedPolicy(url, credentials.expires));
}
