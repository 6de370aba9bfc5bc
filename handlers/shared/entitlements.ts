/** What viewers and institutions hold, as the entitlements table says; the business's own systems write it. */

/**
 * States of a subscription. Each but `ACTIVE` needs an end: `TRIAL` its last day, `GRACE` how long a failed payment is
 * overlooked, `CANCELLED` until when it is paid for. Whatever else stands there (`PAUSED`, say) is not good for playback.
 */
export const SUBSCRIPTION_STATES = ["ACTIVE", "TRIAL", "GRACE", "CANCELLED"] as const;
export type SubscriptionState = (typeof SUBSCRIPTION_STATES)[number];

export interface Subscription {
  /** One of the states above is good until `expiresAt`; anything else is not. */
  readonly status: string;
  /** ISO 8601; absent: until it is ended, for `ACTIVE` alone. */
  readonly expiresAt?: string;
  /** How many streams its plan allows at a time; absent: what the environment allows. */
  readonly streams?: number;
}

export interface Licence {
  /** ISO 8601; absent: for good. */
  readonly expiresAt?: string;
}

/** What one holder, a viewer or an institution, has that bears on one title. */
export interface Holdings {
  readonly subscription?: Subscription;
  /** For the title itself. */
  readonly licence?: Licence;
  /** For the collection that the title belongs to. */
  readonly collectionLicence?: Licence;
}

export interface Membership {
  /** The institution's id. */
  readonly institution: string;
  /** ISO 8601; absent: for good. */
  readonly expiresAt?: string;
}

/** What a viewer holds, and what the institution holds that the viewer is a member of. */
export interface Entitlements extends Holdings {
  readonly membership?: Membership;
  readonly institution?: Holdings;
}

/** What cannot be read as a time counts as over: a slip in the data must not open a title. */
export function isOver(expiresAt: string | undefined, now: number): boolean {
  return expiresAt !== undefined && !(Date.parse(expiresAt) > now);
}

/** Whether a subscription is good at `now` (milliseconds since 1970), or what is wrong with it. */
export function standingOf({ status, expiresAt }: Subscription, now: number): "good" | "over" | "inactive" {
  const state = SUBSCRIPTION_STATES.find((known) => known === status);
  if (!state) return "inactive";
  const endless = expiresAt === undefined && state === "ACTIVE";
  return endless || (expiresAt !== undefined && !isOver(expiresAt, now)) ? "good" : "over";
}
