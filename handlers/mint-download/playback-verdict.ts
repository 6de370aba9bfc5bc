import {
  countryRefusal,
  type Entitlements,
  licenceRefusal,
  type Refusal,
  subscriptionRefusal,
} from "../mint-playback/entitlement";
import { playableOf } from "../shared/playable";
import type { Title } from "../shared/title";

/** What decides about playback, and so about the file too: who may not watch a title may not keep it. */
export interface PlaybackFacts {
  readonly entitlements: Entitlements;
  readonly title: Title | undefined;
  /** As the edge found it. */
  readonly country: string | undefined;
  /** Empty: every country. */
  readonly allowedCountries: readonly string[];
  /** Milliseconds since 1970. */
  readonly now: number;
}

export interface PlaybackRefusal extends Refusal {
  readonly status: 403 | 404;
}

/** The mint's own rules in the mint's own order. A title that is being prepared has no file yet: it is not found. */
export function playbackRefusal(facts: PlaybackFacts): PlaybackRefusal | undefined {
  const { entitlements, title, country, allowedCountries, now } = facts;
  const viewer = subscriptionRefusal(entitlements, now) ?? countryRefusal(allowedCountries, country);
  if (viewer) return { status: 403, ...viewer };
  if (playableOf(title).kind !== "playable") return TITLE_NOT_FOUND;
  const unlicensed = licenceRefusal(title?.licenceRequired ?? false, entitlements, now);
  return unlicensed && { status: 403, ...unlicensed };
}

const TITLE_NOT_FOUND: PlaybackRefusal = { status: 404, code: "TITLE_NOT_FOUND", message: "There is no such title." };
