import type { Environment } from "../../environments/environment";
import { type Alarm, type Alarms, type Declined, formula, metric, type Metric } from "./alarm";
import { beaconStreamName } from "./beacons";
import { deliveries, egressRequests, functionMetric, handled, jobs } from "./metrics";

export interface RegionSources {
  readonly environment: Environment;
  readonly mintFunction: string;
  readonly queueArn: string;
  /** None in topology `direct`. */
  readonly packagingConfigurations: readonly string[];
}

/** Watched in the environment's Region; a queue's dead letters and the budget are alarms of their own. */
type RegionAlarm =
  | "titles-failed"
  | "events-rejected"
  | "jobs-errored"
  | "queue-backlog"
  | "stuck-titles"
  | "package-4xx"
  | "package-5xx"
  | "mint-errors"
  | "mint-refusals"
  | "edge-bypassed"
  | "check-failed"
  | "beacons-undelivered";

const FIVE_MINUTES = 300;

export function regionAlarms(sources: RegionSources): Alarms<RegionAlarm> {
  const { environment, mintFunction, queueArn } = sources;
  const { backlogJobs, check, beacons } = environment.operate;
  return {
    "titles-failed": {
      failed: "A title failed: its upload was refused, or a stage could not prepare it.",
      watch: metric(handled(environment, "TitlesFailed"), { seconds: FIVE_MINUTES, above: 0 }),
    },
    "events-rejected": {
      failed: "A handler was sent an event that it cannot understand, and did not act on it.",
      watch: metric(handled(environment, "EventsRejected"), { seconds: FIVE_MINUTES, above: 0 }),
    },
    "jobs-errored": {
      failed: "A transcoding job ended with an error.",
      watch: metric(jobs(queueArn, "JobsErroredCount"), { seconds: FIVE_MINUTES, above: 0 }),
    },
    "queue-backlog": {
      failed: "Jobs wait in the transcoding queue, more than it works off.",
      watch: metric(handled(environment, "JobsWaiting", "Minimum"), {
        seconds: FIVE_MINUTES,
        periods: 3,
        above: backlogJobs,
      }),
    },
    "stuck-titles": {
      failed: "A title is neither playable nor failed long after its upload.",
      watch: metric(handled(environment, "StuckTitles", "Maximum"), { seconds: FIVE_MINUTES, above: 0 }),
    },
    "package-4xx": packageAlarm(sources, "4xx", 5, "MediaPackage refuses requests of the edge."),
    "package-5xx": packageAlarm(sources, "5xx", 1, "MediaPackage fails to package."),
    "mint-errors": {
      failed: "The mint fails: viewers get no cookies.",
      watch: formula(
        "IF(FILL(errors, 0) >= 3, 100 * errors / calls, 0)",
        { errors: functionMetric(mintFunction, "Errors"), calls: functionMetric(mintFunction, "Invocations") },
        { seconds: FIVE_MINUTES, above: 5 },
      ),
      pages: true,
    },
    "mint-refusals": {
      failed: "The mint works and refuses most viewers.",
      watch: formula(
        "IF(FILL(refused, 0) >= 10, 100 * refused / (refused + FILL(minted, 0)), 0)",
        { refused: handled(environment, "PlaybackRefused"), minted: handled(environment, "PlaybackMinted") },
        { seconds: FIVE_MINUTES, above: 50 },
      ),
    },
    "edge-bypassed": {
      failed: "Somebody asks the API without going through the edge.",
      watch: metric(handled(environment, "RequestsBypassingEdge"), { seconds: FIVE_MINUTES, above: 10 }),
    },
    "check-failed": check
      ? {
          failed: "The platform's own viewer could not watch for three minutes, or does not try any more.",
          watch: metric(handled(environment, "ChecksPassed"), {
            seconds: 60,
            periods: 3,
            below: 1,
            missing: "breaching",
          }),
          pages: true,
        }
      : { declined: "operate.check is false" },
    "beacons-undelivered": beacons.enabled
      ? {
          failed: "What players measure does not reach the log bucket.",
          watch: metric(deliveries(beaconStreamName(environment)), { seconds: FIVE_MINUTES, below: 1 }),
        }
      : { declined: "operate.beacons.enabled is false" },
  };
}

/** A share of MediaPackage's answers over all configurations. */
function packageAlarm(
  { packagingConfigurations }: RegionSources,
  range: "4xx" | "5xx",
  percent: number,
  failed: string,
): Alarm | Declined {
  if (packagingConfigurations.length === 0) return { declined: "topology direct has no MediaPackage" };
  const bad = packagingConfigurations.map((id, index) => [`bad${index}`, egressRequests(id, range)] as const);
  const all = packagingConfigurations.map((id, index) => [`all${index}`, egressRequests(id)] as const);
  const sum = (terms: readonly (readonly [string, Metric])[]): string =>
    `(${terms.map(([id]) => `FILL(${id}, 0)`).join(" + ")})`;
  return {
    failed,
    watch: formula(`IF(${sum(bad)} >= 5, 100 * ${sum(bad)} / ${sum(all)}, 0)`, Object.fromEntries([...bad, ...all]), {
      seconds: FIVE_MINUTES,
      above: percent,
    }),
  };
}
