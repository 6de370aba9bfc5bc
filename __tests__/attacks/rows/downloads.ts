import type { Answer, Ask } from "../../local/edge/fixture";
import { under } from "../attack";
import { said } from "../said";
import { ATTACKERS_KEY, cookieOf, policyOf, queryOf, signed, type Signer, type Terms, urlSafe } from "../signing";
import { bearer, type Target } from "../target";
import { lifeOf, whileWithdrawn } from "./title-changes";

type Params = Record<string, string>;

/** The signed address taken apart. */
function addressOf({ download }: Target): { readonly path: string; readonly params: Params } {
  const [path = "", query = ""] = download.split("?");
  return { path, params: Object.fromEntries(new URLSearchParams(query)) };
}

const asking =
  (change: (address: ReturnType<typeof addressOf>, target: Target) => { path?: string; params?: Params; how?: Ask }) =>
  async (target: Target): Promise<string> => {
    const address = addressOf(target);
    const { path = address.path, params = address.params, how } = change(address, target);
    return said(await target.edge(Object.keys(params).length > 0 ? `${path}?${queryOf(params)}` : path, how));
  };

/** An address whose policy the platform's own key signed, so that its terms alone are judged. */
const onTerms = (terms: (target: Target) => Terms, signer: Partial<Signer> = {}) =>
  asking(({ path }, target) => {
    const policy = policyOf(target, { resource: `https://${target.host}${path}`, ...terms(target) });
    return { params: signed(target, policy, signer) };
  });

/** The signature stays, the policy says something else. */
const rewritten = (terms: (target: Target) => Terms) =>
  asking(({ path, params }, target) => {
    const policy = policyOf(target, { resource: `https://${target.host}${path}`, ...terms(target) });
    return { params: { ...params, Policy: urlSafe(Buffer.from(policy)) } };
  });

const withCookie = (cookie: string): Ask => ({ headers: { cookie } });
const everyFile = ({ host }: Target): Terms => ({ resource: `https://${host}/downloads/*` });
const flip = (text = ""): string => (text.startsWith("A") ? "B" : "A") + text.slice(1);

const refused = { outcome: "refused", answer: "403 AccessDenied" } as const;
const bounded = { outcome: "bounded", answer: "200" } as const;

// prettier-ignore
export const DOWNLOAD_BARE = under("trusted key group", [
  { id: "download-bare", sent: "a file's path without its signature", outcome: "refused", answer: "403 MissingKey", send: asking(() => ({ params: {} })) },
]);

// prettier-ignore
export const DOWNLOADS = under("signed policy", [
  { id: "download-other-file", sent: "a signed URL's parameters on another file", ...refused, send: asking(({ path }) => ({ path: path.replace(/\.mp4$/, "x.mp4") })) },
  { id: "download-widened", sent: "the good signature over a policy for every file", ...refused, send: rewritten(everyFile) },
  { id: "download-lengthened", sent: "the good signature over a policy that ends a day later", ...refused, send: rewritten(() => ({ until: 86_400 })) },
  { id: "download-altered", sent: "a signed URL with one letter of the signature changed", ...refused, send: asking(({ params }) => ({ params: { ...params, Signature: flip(params.Signature) } })) },
  { id: "download-forged", sent: "a URL signed by the attacker's key under the trusted key's id", ...refused, send: onTerms(() => ({}), { privateKey: ATTACKERS_KEY }) },
  { id: "download-expired", sent: "a signed URL that ended five seconds ago", ...refused, send: onTerms(() => ({ until: -5 })) },
  { id: "download-other-title", sent: "a good signed URL's parameters on a manifest", ...refused, send: asking((_, { paths }) => ({ path: paths.manifest })) },
  { id: "download-cookie-plays", sent: "the same as cookies", ...refused, send: asking(({ params }, { paths }) => ({ path: paths.manifest, params: {}, how: withCookie(cookieOf(params)) })) },
  { id: "download-by-play-cookie", sent: "a file under the cookie that plays its title", ...refused, send: asking((_, { cookie }) => ({ params: {}, how: withCookie(cookie) })) },
  { id: "download-as-cookie", sent: "a good signed URL's parameters as cookies, on their own file", ...bounded, send: asking(({ params }) => ({ params: {}, how: withCookie(cookieOf(params)) })) },
  { id: "download-passed-on", sent: "a good signed URL, unbound, from another address", ...bounded, send: asking(() => ({ how: { from: "127.0.0.12" } })) },
]);

// prettier-ignore
export const DOWNLOAD_LIFE = under("cookie life", [
  { id: "download-life", sent: "nothing wrong: how long a signed URL that was just made is good", outcome: "bounded", answer: "200 for 300 s at most", send: async (target) => lifeOf(await minting(target, "entitled"), urlPolicy, 300) },
  { id: "download-withdrawn", sent: "a good signed URL of a title that was withdrawn since", ...bounded, send: (target) => whileWithdrawn(target, () => target.edge(target.download)) },
]);

// prettier-ignore
export const DOWNLOADERS = under("entitlement", [
  { id: "download-not-included", sent: "a signed URL asked for by a viewer who may watch, and not download", outcome: "refused", answer: "403 DOWNLOAD_NOT_INCLUDED", send: async (target) => said(await minting(target, "editor")) },
  { id: "download-no-subscription", sent: "the same by a viewer without a subscription", outcome: "refused", answer: "403 SUBSCRIPTION_REQUIRED", send: async (target) => said(await minting(target, "other")) },
  { id: "download-withdrawn-mint", sent: "a signed URL asked for of a title that was withdrawn", outcome: "refused", answer: "403 TITLE_WITHDRAWN", send: (target) => whileWithdrawn(target, () => minting(target, "entitled")) },
]);

const minting = (target: Target, who: "entitled" | "other" | "editor"): Promise<Answer> =>
  target.edge(`/api/titles/${target.report.assetId}/download`, {
    method: "POST",
    headers: bearer(target.report.tokens[who]),
  });

const urlPolicy = ({ text }: Answer): string => {
  const { url = "" } = JSON.parse(text) as { url?: string };
  return new URLSearchParams(url.split("?")[1]).get("Policy") ?? "";
};
