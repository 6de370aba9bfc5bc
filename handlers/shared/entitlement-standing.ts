import { type Entitlements, type Holdings, isOver, type Licence, standingOf } from "./entitlements";
import type { LicenceTerms } from "./title";

export type SubscriptionStanding =
  | "good"
  | "SUBSCRIPTION_REQUIRED"
  | "SUBSCRIPTION_INACTIVE"
  | "SUBSCRIPTION_EXPIRED"
  | "SUBSCRIPTION_CANCELLED"
  | "PAYMENT_OVERDUE"
  | "TRIAL_EXPIRED"
  | "MEMBERSHIP_EXPIRED"
  | "INSTITUTION_INACTIVE";

/** What an ended subscription is called, by the state that it was in. */
const OVER: Readonly<Record<string, SubscriptionStanding>> = {
  TRIAL: "TRIAL_EXPIRED",
  GRACE: "PAYMENT_OVERDUE",
  CANCELLED: "SUBSCRIPTION_CANCELLED",
};

/**
 * A viewer watches on a subscription of their own, or on that of the institution they belong to. When neither is good,
 * what is wrong with their own is what they are told.
 */
export function subscriptionStanding(entitlements: Entitlements, now: number): SubscriptionStanding {
  const { subscription, membership } = entitlements;
  const own = subscription && standingOf(subscription, now);
  if (own === "good" || institutionSubscribes(entitlements, now)) return "good";
  if (subscription && own === "inactive") return "SUBSCRIPTION_INACTIVE";
  if (subscription) return OVER[subscription.status] ?? "SUBSCRIPTION_EXPIRED";
  if (!membership) return "SUBSCRIPTION_REQUIRED";
  return isOver(membership.expiresAt, now) ? "MEMBERSHIP_EXPIRED" : "INSTITUTION_INACTIVE";
}

/** What a plan allows whose number of streams cannot be read: a slip in the data must not lift the limit. */
const UNREADABLE_STREAMS = 1;

/**
 * Streams at a time: what the plan of the subscription says that playback stands on, the viewer's own when it is good
 * and else the institution's (each member has that many); where it says nothing, what the environment says.
 */
export function streamLimit(
  entitlements: Entitlements,
  now: number,
  environment: number | undefined,
): number | undefined {
  const { subscription, institution } = entitlements;
  const own = subscription && standingOf(subscription, now) === "good";
  const streams: unknown = (own ? subscription : institution?.subscription)?.streams;
  if (streams === undefined) return environment;
  return typeof streams === "number" && Number.isInteger(streams) && streams >= 0 ? streams : UNREADABLE_STREAMS;
}

/** Whether a title's own terms let the viewer in, beside the subscription. */
export function licenceStanding(
  terms: LicenceTerms | undefined,
  entitlements: Entitlements,
  now: number,
): "good" | "INSTITUTION_REQUIRED" | "LICENCE_REQUIRED" | "LICENCE_EXPIRED" {
  const byInstitution = institutionSubscribes(entitlements, now);
  if (terms?.institutionOnly && !byInstitution) return "INSTITUTION_REQUIRED";
  if (!terms?.required) return "good";
  const holders: (Holdings | undefined)[] = [
    ...(terms.institutionOnly ? [] : [entitlements]),
    ...(byInstitution ? [entitlements.institution] : []),
  ];
  const licences = holders.flatMap((holder) => licencesOf(holder, terms));
  if (licences.some(({ expiresAt }) => !isOver(expiresAt, now))) return "good";
  return licences.length === 0 ? "LICENCE_REQUIRED" : "LICENCE_EXPIRED";
}

function institutionSubscribes({ membership, institution }: Entitlements, now: number): boolean {
  if (!membership || isOver(membership.expiresAt, now) || !institution?.subscription) return false;
  return standingOf(institution.subscription, now) === "good";
}

function licencesOf(holder: Holdings | undefined, { collection }: LicenceTerms): Licence[] {
  const held = [holder?.licence, collection === undefined ? undefined : holder?.collectionLicence];
  return held.filter((licence) => licence !== undefined);
}
