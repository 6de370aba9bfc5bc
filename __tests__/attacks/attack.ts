import type { Target } from "./target";

/**
 * What stands between an attack and its aim, each switched off by a mutation, and what is tried to get round it, in
 * words for a table.
 */
export const TRIED = {
  "trusted key group": "no cookie at all, part of one, or something in its place; paths spelled as an open one",
  "signing keys": "a key of the attacker's, and the key of before a rotation",
  "signed policy": "altered, expired, early, widened and foreign cookies and signed URLs; traversal; other addresses",
  "allowed methods": "writing and deleting through the edge",
  "cache policies": "poisoning the cache by queries and headers",
  "API cache policy": "one viewer's answer for another",
  "response headers": "pages of other sites reading media and calling the API",
  firewall: "floods under forged addresses",
  "token authorizer": "tokens without or with a wrong signature, key confusion, wrong issuer, wrong times, huge ones",
  "token audience": "tokens of another client",
  entitlement: "playing and downloading without the right to, or in another viewer's name or country",
  roles: "editing and uploading without the role; other producers' uploads and titles; keys outside the prefix",
  "checks of what is sent": "ids, bodies and sessions that are none; names, types and sizes of uploads",
  "cookie life": "keeping a cookie or a URL past a refresh, a withdrawal and its end",
  "upload address": "a part's address for another key, part, size, method, header or time; after abort and completion",
  "origin secret": "the API's own address without, with a wrong and with a retired secret",
  "CDN identifier": "MediaPackage's own address without, with a wrong and with a retired identifier",
  "bucket policies": "S3 itself: unsigned, over plain HTTP, otherwise encrypted, by other accounts and distributions",
  "edge's reading": "traversal past the judged path, smuggling, ranges, oversized and rewritten requests",
} as const;
export type Control = keyof typeof TRIED;
export const CONTROLS = Object.keys(TRIED) as readonly Control[];

/**
 * `refused`: nothing is got. `bounded`: works for who holds what opens it, until that ends. `by the URL`: the signed URL
 * is judged, whatever else was sent. `no effect`: the answer is the one that comes without it.
 */
export const OUTCOMES = ["refused", "by the URL", "no effect", "bounded"] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** One way to try to get round the gate. */
export interface Attack {
  /** Unique, kebab-case. */
  readonly id: string;
  readonly control: Control;
  /** What is sent, in words, for who reads the table. */
  readonly sent: string;
  readonly outcome: Outcome;
  /** Status and reason as `said` writes them. */
  readonly answer: string;
  /** Sends it; gives what came back in the form of `answer`. */
  readonly send: (target: Target) => Promise<string>;
}

/** Rows of one theme that share a control. */
export const under = (control: Control, rows: readonly Omit<Attack, "control">[]): Attack[] =>
  rows.map((row) => ({ ...row, control }));
