import type { Target } from "./target";

/** What stands between an attack and its aim; a mutation of the synthesised stack switches each off. */
export const CONTROLS = [
  "trusted key group",
  "signing keys",
  "signed policy",
  "allowed methods",
  "cache policies",
  "API cache policy",
  "response headers",
  "firewall",
  "token authorizer",
  "token audience",
  "entitlement",
  "roles",
  "checks of what is sent",
  "cookie life",
  "upload address",
  "origin secret",
  "CDN identifier",
  "bucket policies",
  "edge's reading",
] as const;
export type Control = (typeof CONTROLS)[number];

/**
 * `refused`: nothing is got. `bounded`: works for who holds what opens it, until that ends. `by the URL`: the signed URL
 * is judged, whatever else was sent. `no effect`: the answer is the one that comes without it.
 */
export type Outcome = "refused" | "bounded" | "by the URL" | "no effect";

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
