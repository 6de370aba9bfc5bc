import type { LicenceTerms } from "../shared/title";

/** Of a cookie's life, when a player should ask for the next: early enough for a second try. */
const REFRESH_AT = 0.6;

/**
 * When a cookie that is minted now ends, seconds since 1970: after its life, but no later than the title's publish
 * window, since nothing takes a cookie back.
 */
export function cookieEnd({ now, terms }: { now: number; terms: LicenceTerms | undefined }, seconds: number): number {
  const end = Math.floor(now / 1000) + seconds;
  return terms?.notAfter === undefined ? end : Math.min(end, Math.floor(Date.parse(terms.notAfter) / 1000));
}

/** After how many seconds to ask again: a second at least. */
export function refreshAfter(now: number, end: number): number {
  return Math.max(1, Math.floor((end - Math.floor(now / 1000)) * REFRESH_AT));
}
