import type { Scenario } from "./arguments";
import type { Assumptions } from "./assumptions";
import type { Facts } from "./facts";
import type { Rendition } from "./outputs";
import { DAYS_A_MONTH, gigabytes, SECONDS_A_MONTH } from "./units";

/** What happens in a month, counted in the units that AWS bills. */
export interface Usage {
  readonly newTitles: number;
  /** Minutes of new titles, before they are multiplied by outputs. */
  readonly newMinutes: number;
  /** GB of all mezzanines, and how much of it is too new to be cold. */
  readonly mezzanines: { readonly all: number; readonly recent: number };
  readonly packaged: {
    readonly all: number;
    readonly recent: number;
    readonly objects: number;
    readonly newObjects: number;
  };
  readonly plays: number;
  readonly segments: Requests;
  readonly manifests: Requests;
  readonly mints: number;
  /** Mints and beacons among them. */
  readonly apiCalls: number;
  /** Batches that players report. */
  readonly beacons: number;
  readonly pageCalls: number;
  /** GB of files that viewers download. */
  readonly downloaded: number;
  readonly downloads: number;
}

export interface Requests {
  readonly count: number;
  /** GB. */
  readonly size: number;
  /** How many of them the edge has to ask the origin for, and their GB. */
  readonly missed: number;
  readonly missedSize: number;
}

/** Objects of a lifecycle rule are in their first class for a week: stacks/transcode. */
const DAYS_BEFORE_TIERING = 7;

export function usageOf(facts: Facts, { titles, hours, viewers }: Scenario, assumptions: Assumptions): Usage {
  const a = assumptions;
  const newTitles = Math.ceil(titles * a.newTitlesShare);
  const titleSeconds = a.titleMinutes * 60;
  const stored = [...facts.ladder, ...facts.downloads].map((each) => size(each, titleSeconds, a));
  const titleSize = sum(stored);
  const mezzanine = gigabytes((a.mezzanineMegabits * 1e6 * titleSeconds) / 8);
  const objects = Math.ceil(titleSeconds / facts.segmentSeconds) * facts.ladder.length + facts.downloads.length;
  const watchedSeconds = hours * viewers * 3600;
  const plays = watchedSeconds / titleSeconds;
  const downloads = facts.downloads.length > 0 ? viewers * a.downloadsPerViewer : 0;
  const recentTitles = (days: number) => Math.min(titles, (newTitles * days) / DAYS_A_MONTH);
  const mints = watchedSeconds / facts.refreshSeconds;
  const beacons = beaconsOf(facts, watchedSeconds, plays);
  return {
    newTitles,
    newMinutes: newTitles * a.titleMinutes,
    mezzanines: { all: titles * mezzanine, recent: recentTitles(facts.coldAfterDays) * mezzanine },
    packaged: {
      all: titles * titleSize,
      recent: recentTitles(DAYS_BEFORE_TIERING) * titleSize,
      objects: titles * objects,
      newObjects: newTitles * objects,
    },
    plays,
    segments: segmentRequests(facts, titles, watchedSeconds, objects, a),
    manifests: manifestRequests(facts, titles, plays, a),
    mints,
    apiCalls: mints + beacons + plays * a.apiCallsPerPlay + downloads,
    beacons,
    pageCalls: plays * a.otherRequestsPerPlay,
    downloads,
    downloaded: downloads * sum(facts.downloads.map((each) => size(each, titleSeconds, a))),
  };
}

/** One when a play begins, one when it ends, and one each so many seconds between. */
function beaconsOf({ beacons }: Facts, watchedSeconds: number, plays: number): number {
  return beacons ? beacons.sampleShare * (plays * 2 + watchedSeconds / beacons.everySeconds) : 0;
}

function segmentRequests(
  facts: Facts,
  titles: number,
  watchedSeconds: number,
  objects: number,
  a: Assumptions,
): Requests {
  const count = (watchedSeconds / facts.segmentSeconds) * facts.requestsPerSegment;
  const missed = Math.max(count * (1 - a.segmentHitRatio), missesByAge(count, titles * objects, facts.cache.segments));
  const bytes = (watchedSeconds * watchedBits(facts.ladder, a)) / 8;
  return requests(count, gigabytes(bytes), missed);
}

function manifestRequests(facts: Facts, titles: number, plays: number, a: Assumptions): Requests {
  const count = plays * a.manifestsPerPlay;
  const different = titles * (1 + facts.ladder.length); // one of the title, one of each rendition
  const bytes = count * a.manifestKilobytes * 1024;
  return requests(count, gigabytes(bytes), missesByAge(count, different, facts.cache.manifests));
}

function requests(count: number, total: number, missed: number): Requests {
  return { count, size: total, missed, missedSize: count === 0 ? 0 : (total * missed) / count };
}

/**
 * Requests that find their object too old or absent, when they are spread evenly over all objects and the month: each
 * fetch serves whatever comes within the object's life. Real audiences crowd on few titles and miss less.
 */
function missesByAge(count: number, objects: number, lifeSeconds: number): number {
  if (count === 0) return 0;
  const withinLife = (count / objects / SECONDS_A_MONTH) * lifeSeconds;
  return count / (1 + withinLife);
}

/** Average bit/s that a viewer draws: the top rung for its share of the time, the others evenly for the rest, and sound. */
function watchedBits(ladder: readonly Rendition[], a: Assumptions): number {
  const rungs = ladder.filter(({ size }) => size !== "audio").map(({ bitsPerSecond }) => bitsPerSecond * a.qvbrShare);
  const sound = sum(ladder.filter(({ size }) => size === "audio").map(({ bitsPerSecond }) => bitsPerSecond));
  const top = Math.max(...rungs);
  if (rungs.length === 1) return top + sound;
  const others = (sum(rungs) - top) / (rungs.length - 1);
  return top * a.topRungShare + others * (1 - a.topRungShare) + sound;
}

function size({ size: kind, bitsPerSecond }: Rendition, seconds: number, { qvbrShare }: Assumptions): number {
  return gigabytes((bitsPerSecond * (kind === "audio" ? 1 : qvbrShare) * seconds) / 8);
}

export const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);
