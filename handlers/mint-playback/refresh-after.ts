/** Of a cookie's life, when a player should ask for the next: early enough for a second try. */
const REFRESH_AT = 0.6;

/** After how many seconds to ask again for a cookie that is minted at `now` (milliseconds) and ends at `end`: one at least. */
export function refreshAfter(now: number, end: number): number {
  return Math.max(1, Math.floor((end - Math.floor(now / 1000)) * REFRESH_AT));
}
