/** A viewer's subscription, from the entitlements table. */
export interface Subscription {
  /** `ACTIVE`; anything else is not. */
  readonly status: string;
  /** ISO 8601; absent: until it is ended. */
  readonly expiresAt?: string;
}

export interface Licence {
  /** ISO 8601; absent: for good. */
  readonly expiresAt?: string;
}

export interface Entitlements {
  readonly subscription?: Subscription;
  readonly licence?: Licence;
}

/** A reason not to play, as the answer gives it. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
}

/** Milliseconds since 1970. */
type Instant = number;

/** Every viewer needs a subscription that is active and has not ended. */
export function subscriptionRefusal({ subscription }: Entitlements, now: Instant): Refusal | undefined {
  if (!subscription) return refusal("SUBSCRIPTION_REQUIRED", "This account has no subscription.");
  if (subscription.status !== "ACTIVE") return refusal("SUBSCRIPTION_INACTIVE", "The subscription is not active.");
  if (isOver(subscription.expiresAt, now)) return refusal("SUBSCRIPTION_EXPIRED", "The subscription has expired.");
  return undefined;
}

/** Some titles need a licence of their own beside the subscription. */
export function licenceRefusal(required: boolean, { licence }: Entitlements, now: Instant): Refusal | undefined {
  if (!required) return undefined;
  if (!licence) return refusal("LICENCE_REQUIRED", "This title needs a licence of its own.");
  return isOver(licence.expiresAt, now)
    ? refusal("LICENCE_EXPIRED", "The licence for this title has expired.")
    : undefined;
}

/** `country` is what the edge found; where countries are limited, an unknown one is refused. */
export function countryRefusal(allowed: readonly string[], country: string | undefined): Refusal | undefined {
  if (allowed.length === 0) return undefined;
  if (!country) return refusal("COUNTRY_UNKNOWN", "The country of this connection is not known.");
  return allowed.includes(country)
    ? undefined
    : refusal("COUNTRY_NOT_ALLOWED", "This title is not available in this country.");
}

/** What cannot be read as a time counts as over: a slip in the data must not open a title. */
function isOver(expiresAt: string | undefined, now: Instant): boolean {
  return expiresAt !== undefined && !(Date.parse(expiresAt) > now);
}

function refusal(code: string, message: string): Refusal {
  return { code, message };
}
