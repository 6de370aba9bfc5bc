import type { LicenceTerms } from "./title";

/** Where something may be watched: ISO 3166-1 alpha-2 codes. */
export interface CountryLists {
  /** Empty: everywhere. */
  readonly allowed: readonly string[];
  readonly blocked: readonly string[];
}

/**
 * Whether a title may be watched in a country, by the environment's lists and its own: both must let it.
 * `unknown`: there are lists, and nobody knows the viewer's country.
 */
export function countryVerdict(
  environment: CountryLists,
  terms: LicenceTerms | undefined,
  country: string | undefined,
): "fine" | "unknown" | "not-allowed" {
  const own: CountryLists = { allowed: terms?.allowedCountries ?? [], blocked: terms?.blockedCountries ?? [] };
  const limits = [environment, own].filter(({ allowed, blocked }) => allowed.length + blocked.length > 0);
  if (limits.length === 0) return "fine";
  if (!country) return "unknown";
  const passes = ({ allowed, blocked }: CountryLists): boolean =>
    (allowed.length === 0 || allowed.includes(country)) && !blocked.includes(country);
  return limits.every(passes) ? "fine" : "not-allowed";
}

/** Where `now` (milliseconds since 1970) lies to the publish window; a limit that is no time lets nobody in. */
export function windowVerdict(terms: LicenceTerms | undefined, now: number): "open" | "not-yet" | "over" {
  const { notBefore, notAfter } = terms ?? {};
  if (notBefore !== undefined && !(Date.parse(notBefore) <= now)) return "not-yet";
  if (notAfter !== undefined && !(Date.parse(notAfter) > now)) return "over";
  return "open";
}

/** Where and when somebody looks at the catalogue. */
export interface Vantage {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** As the edge found it. */
  readonly country: string | undefined;
  /** The environment's lists. */
  readonly countries: CountryLists;
}

/** Whether a published title is shown here and now. Who may play it is the mint's question. */
export function isOnOffer(terms: LicenceTerms | undefined, { now, country, countries }: Vantage): boolean {
  return windowVerdict(terms, now) === "open" && countryVerdict(countries, terms, country) === "fine";
}
