import type { LicenceTerms } from "./title";

/**
 * When what is signed now ends, seconds since 1970: after its life, but no later than the title's publish window, since
 * nothing takes a cookie or an address back.
 */
export function accessEnd({ now, terms }: { now: number; terms: LicenceTerms | undefined }, seconds: number): number {
  const end = Math.floor(now / 1000) + seconds;
  return terms?.notAfter === undefined ? end : Math.min(end, Math.floor(Date.parse(terms.notAfter) / 1000));
}
