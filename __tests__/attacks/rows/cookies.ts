import { under } from "../attack";
import { said } from "../said";
import { ATTACKERS_KEY, cookieOf, partsOf, policyOf, signed, type Signer, type Terms, urlSafe } from "../signing";
import { type Target } from "../target";

const OTHER = "127.0.0.12";

const play = async (target: Target, cookie: string, path = target.paths.manifest, from?: string): Promise<string> =>
  said(await target.edge(path, { headers: cookie === "" ? {} : { cookie }, ...(from === undefined ? {} : { from }) }));

/** Plays under a cookie whose policy the platform's own key signed, so that its terms alone are judged. */
const onTerms =
  (terms: (target: Target) => Terms) =>
  (target: Target): Promise<string> =>
    play(target, cookieOf(signed(target, policyOf(target, terms(target)))));

/** Plays under the mint's own cookie with something changed. */
const altered =
  (change: (parts: Record<string, string>, target: Target) => Record<string, string>) =>
  (target: Target): Promise<string> =>
    play(target, cookieOf(change(partsOf(target.cookie), target)));

const without = (name: string) =>
  altered((parts) => Object.fromEntries(Object.entries(parts).filter(([key]) => key !== name)));

/** The signature stays, the policy says something else. */
const rewritten = (terms: (target: Target) => Terms) =>
  altered((parts, target) => ({ ...parts, Policy: urlSafe(Buffer.from(policyOf(target, terms(target)))) }));

const signedBy = (signer: (target: Target) => Partial<Signer>) => (target: Target) =>
  play(target, cookieOf(signed(target, policyOf(target), signer(target))));

const flip = (text = ""): string => (text.startsWith("A") ? "B" : "A") + text.slice(1);

const refused = { outcome: "refused", answer: "403 AccessDenied" } as const;

// prettier-ignore
export const NO_COOKIE = under("trusted key group", [
  { id: "no-cookie-manifest", sent: "a manifest without a cookie", outcome: "refused", answer: "403 MissingKey", send: (target) => play(target, "") },
  { id: "no-cookie-segment", sent: "a segment without a cookie", outcome: "refused", answer: "403 MissingKey", send: (target) => play(target, "", target.paths.segment) },
  { id: "no-cookie-elsewhere", sent: "a path that no behaviour names, without a cookie", outcome: "refused", answer: "403 MissingKey", send: (target) => play(target, "", "/anything") },
  { id: "no-key-id", sent: "the cookies without `CloudFront-Key-Pair-Id`", outcome: "refused", answer: "403 MissingKey", send: without("Key-Pair-Id") },
  { id: "no-policy", sent: "the cookies without `CloudFront-Policy`", outcome: "refused", answer: "403 MalformedPolicy", send: without("Policy") },
  { id: "no-signature", sent: "the cookies without `CloudFront-Signature`", ...refused, send: without("Signature") },
  { id: "no-hash-algorithm", sent: "the cookies without `CloudFront-Hash-Algorithm`, so that SHA-1 is assumed", ...refused, send: without("Hash-Algorithm") },
  { id: "empty-cookies", sent: "all four cookies, each empty", outcome: "refused", answer: "403 MissingKey", send: altered((parts) => Object.fromEntries(Object.keys(parts).map((name) => [name, ""]))) },
]);

// prettier-ignore
export const OVERSIZED = under("edge's reading", [
  { id: "oversized-cookie", sent: "40,000 bytes of cookies", outcome: "refused", answer: "413 The request with its headers is longer than 32768 bytes", send: (target) => play(target, `${target.cookie}; more=${"x".repeat(40_000)}`) },
]);

// prettier-ignore
export const FORGED = under("signing keys", [
  { id: "retired-key", sent: "a policy of now, signed by the key that signed before the rotation, under its own id", outcome: "refused", answer: "403 InvalidKey", send: signedBy(({ retired: { keyId, privateKey } }) => ({ keyId, privateKey })) },
  { id: "attackers-key", sent: "the mint's policy, signed by a key of the attacker's under the trusted key's id", ...refused, send: signedBy(() => ({ privateKey: ATTACKERS_KEY })) },
]);

/** The mint's own cookies with something changed, which the signature no longer covers. */
// prettier-ignore
export const ALTERED = under("signed policy", [
  { id: "unknown-key", sent: "a key id that is in no group", outcome: "refused", answer: "403 InvalidKey", send: signedBy(() => ({ keyId: "K2JCJMDEHXQW5F", privateKey: ATTACKERS_KEY })) },
  { id: "altered-key-id", sent: "the good cookies with one letter of the key id changed", outcome: "refused", answer: "403 InvalidKey", send: altered((parts) => ({ ...parts, "Key-Pair-Id": flip(parts["Key-Pair-Id"]) })) },
  { id: "altered-signature", sent: "the good cookies with one letter of the signature changed", ...refused, send: altered((parts) => ({ ...parts, Signature: flip(parts.Signature) })) },
  { id: "unreadable-signature", sent: "a signature that is no base64", outcome: "refused", answer: "403 MalformedSignature", send: altered((parts) => ({ ...parts, Signature: "%%%" })) },
  { id: "downgraded-hash", sent: "`CloudFront-Hash-Algorithm: MD5`", ...refused, send: altered((parts) => ({ ...parts, "Hash-Algorithm": "MD5" })) },
  { id: "policy-other-title", sent: "the good signature over a policy that names every title", ...refused, send: rewritten(({ host }) => ({ resource: `https://${host}/v1/*` })) },
  { id: "policy-widened", sent: "the good signature over a policy whose resource is wider by one `*`", ...refused, send: rewritten(({ host, paths }) => ({ resource: `https://${host}${paths.prefix}*/*` })) },
  { id: "policy-lengthened", sent: "the good signature over a policy that ends a day later", ...refused, send: rewritten(() => ({ until: 86_400 })) },
  { id: "policy-garbage", sent: "a policy that is no JSON, under the good signature", ...refused, send: altered((parts) => ({ ...parts, Policy: urlSafe(Buffer.from("{")) })) },
]);

// prettier-ignore
export const TERMS = under("signed policy", [
  { id: "expired", sent: "a cookie that ended five seconds ago", ...refused, send: onTerms(() => ({ until: -5 })) },
  { id: "not-yet", sent: "a cookie that begins in a minute", ...refused, send: onTerms(() => ({ from: 60 })) },
  { id: "another-titles", sent: "a good cookie of another title", ...refused, send: onTerms(({ host }) => ({ resource: `https://${host}/v1/another/*` })) },
  { id: "sibling-prefix", sent: "a good cookie of a title whose prefix begins alike", ...refused, send: onTerms(({ host, paths }) => ({ resource: `https://${host}${paths.prefix.slice(0, -1)}/*` })) },
  { id: "other-host", sent: "a policy for another host", ...refused, send: onTerms(({ paths }) => ({ resource: `https://other.example${paths.prefix}/*` })) },
  { id: "other-scheme", sent: "a policy for `http://`", ...refused, send: onTerms(({ host, paths }) => ({ resource: `http://${host}${paths.prefix}/*` })) },
  { id: "other-port", sent: "a policy for another port", ...refused, send: onTerms(({ host, paths }) => ({ resource: `https://${host.split(":")[0]}:1${paths.prefix}/*` })) },
  { id: "two-statements", sent: "a policy with two statements", outcome: "refused", answer: "403 MalformedPolicy", send: onTerms(() => ({ statements: 2 })) },
  { id: "no-statement", sent: "a policy without a statement", outcome: "refused", answer: "403 MalformedPolicy", send: onTerms(() => ({ statements: 0 })) },
  { id: "canned-wildcard", sent: "a canned policy (`CloudFront-Expires`) where a wildcard is needed", ...refused, send: canned },
  { id: "bound-other-ip", sent: "a cookie bound to another address", ...refused, send: onTerms(() => ({ ip: `${OTHER}/32` })) },
  { id: "bound-forwarded-ip", sent: "the same, with that address in `X-Forwarded-For`", ...refused, send: forwarded },
  { id: "unbound-other-ip", sent: "a good cookie, unbound, from another address", outcome: "bounded", answer: "200", send: (target) => play(target, target.cookie, target.paths.manifest, OTHER) },
]);

/** Signed for the wildcard by the real key; the edge builds a canned policy from the address that is asked for. */
function canned(target: Target): Promise<string> {
  const policy = policyOf(target);
  const { Signature, "Key-Pair-Id": keyId } = signed(target, policy);
  const expires = /"AWS:EpochTime":(\d+)/.exec(policy)?.[1];
  return play(target, cookieOf({ Expires: expires, Signature, "Key-Pair-Id": keyId, "Hash-Algorithm": "SHA256" }));
}

async function forwarded(target: Target): Promise<string> {
  const cookie = cookieOf(signed(target, policyOf(target, { ip: `${OTHER}/32` })));
  return said(await target.edge(target.paths.manifest, { headers: { cookie, "x-forwarded-for": OTHER } }));
}
