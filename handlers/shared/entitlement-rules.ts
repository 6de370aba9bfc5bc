import { type CountryLists, countryVerdict, windowVerdict } from "./availability";
import type { Entitlements } from "./entitlements";
import { licenceStanding, subscriptionStanding } from "./entitlement-standing";
import type { Playable } from "./playable";
import type { SlotOutcome } from "./stream-slots";
import type { LicenceTerms } from "./title";

/** Everything that decides whether a viewer may play a title now. */
export interface Facts {
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly entitlements: Entitlements;
  /** As the edge found it. */
  readonly country: string | undefined;
  /** The environment's lists. */
  readonly countries: CountryLists;
  readonly playable: Playable["kind"];
  readonly terms: LicenceTerms | undefined;
  /** Whether cookies are bound to an IPv4 address, and which the viewer has. */
  readonly binding: { readonly required: boolean; readonly ipv4: string | undefined };
  /** Streams at a time: how many there may be (undefined: any number), which one asks, and what its slot says. */
  readonly streams: {
    readonly limit: number | undefined;
    readonly session: string | undefined;
    /** Undefined until a slot was asked for. */
    readonly slot: SlotOutcome | undefined;
  };
}

/** One reason not to play. */
export interface Rule {
  /** Stable: apps choose their words by it. */
  readonly code: string;
  /** HTTP status of the answer. */
  readonly status: 400 | 403 | 404 | 409;
  readonly refuses: (facts: Facts) => boolean;
  /** For people. */
  readonly message: string;
}

/**
 * The rules in the order in which they are asked; the first that refuses is the answer. What concerns the viewer comes
 * before what concerns the title: whoever may watch nothing learns nothing about what exists.
 */
export const RULES = [
  viewer("SUBSCRIPTION_REQUIRED", "This account has no subscription."),
  viewer("SUBSCRIPTION_INACTIVE", "The subscription is not active."),
  viewer("SUBSCRIPTION_EXPIRED", "The subscription has expired."),
  viewer("SUBSCRIPTION_CANCELLED", "The subscription was cancelled, and the time paid for is over."),
  viewer("PAYMENT_OVERDUE", "A payment for the subscription failed, and the days of grace are over."),
  viewer("TRIAL_EXPIRED", "The trial is over."),
  viewer("MEMBERSHIP_EXPIRED", "The membership of the institution is over."),
  viewer("INSTITUTION_INACTIVE", "The institution's subscription is not active."),
  rule(403, "COUNTRY_UNKNOWN", "The country of this connection is not known.", (facts) => country(facts, "unknown")),
  rule(403, "COUNTRY_NOT_ALLOWED", "This title is not available in this country.", (facts) =>
    country(facts, "not-allowed"),
  ),
  rule(404, "TITLE_NOT_FOUND", "There is no such title.", ({ playable }) => playable === "absent"),
  rule(403, "TITLE_WITHDRAWN", "This title was withdrawn.", ({ playable }) => playable === "withdrawn"),
  rule(403, "TITLE_NOT_YET_AVAILABLE", "This title is not available yet.", (facts) => inWindow(facts, "not-yet")),
  rule(403, "TITLE_NO_LONGER_AVAILABLE", "This title is no longer available.", (facts) => inWindow(facts, "over")),
  licence("INSTITUTION_REQUIRED", "This title is for members of an institution that subscribes."),
  licence("LICENCE_REQUIRED", "This title needs a licence of its own."),
  licence("LICENCE_EXPIRED", "The licence for this title has expired."),
  rule(409, "TITLE_NOT_READY", "This title is being prepared.", ({ playable }) => playable === "not-ready"),
  // CloudFront's IpAddress condition takes IPv4 only.
  rule(
    403,
    "IPV6_NOT_SUPPORTED",
    "Playback is bound to the viewer's IPv4 address; connect over IPv4.",
    ({ binding }) => binding.required && binding.ipv4 === undefined,
  ),
  rule(
    400,
    "SESSION_REQUIRED",
    'Streams at a time are limited: name the playing session in the body, {"session": "..."}.',
    ({ streams }) => streams.limit !== undefined && streams.session === undefined,
  ),
  rule(403, "SESSION_ENDED", "This playing session was ended; start another.", (facts) => slot(facts, "ended")),
  rule(403, "STREAM_LIMIT_REACHED", "This account plays as many streams as its plan allows.", (facts) =>
    slot(facts, "exhausted"),
  ),
] as const satisfies readonly Rule[];

export type RefusalCode = (typeof RULES)[number]["code"];

/** The first rule that refuses; undefined when the viewer may play. */
export function refusalOf(facts: Facts): Rule | undefined {
  return RULES.find(({ refuses }) => refuses(facts));
}

function rule<const Code extends string>(
  status: Rule["status"],
  code: Code,
  message: string,
  refuses: Rule["refuses"],
): Rule & { readonly code: Code } {
  return { code, status, message, refuses };
}

function viewer<const Code extends Exclude<ReturnType<typeof subscriptionStanding>, "good">>(
  code: Code,
  message: string,
) {
  return rule(403, code, message, ({ entitlements, now }) => subscriptionStanding(entitlements, now) === code);
}

function licence<const Code extends Exclude<ReturnType<typeof licenceStanding>, "good">>(code: Code, message: string) {
  return rule(403, code, message, ({ terms, entitlements, now }) => licenceStanding(terms, entitlements, now) === code);
}

function country({ countries, terms, country }: Facts, verdict: ReturnType<typeof countryVerdict>): boolean {
  return countryVerdict(countries, terms, country) === verdict;
}

function inWindow({ terms, now }: Facts, verdict: ReturnType<typeof windowVerdict>): boolean {
  return windowVerdict(terms, now) === verdict;
}

function slot({ streams }: Facts, outcome: SlotOutcome): boolean {
  return streams.slot === outcome;
}
