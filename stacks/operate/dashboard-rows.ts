import type { Metric } from "./alarm";
import { graph, type Row, text } from "./dashboard-layout";
import type { EdgeSources } from "./edge-alarms";
import { edgeMetric, egressRequests, egressTime, firewallMetric, functionMetric, handled, jobs } from "./metrics";
import type { RegionSources } from "./region-alarms";

const FIVE_MINUTES = 300;

export function ingestRow({ environment }: RegionSources): Row {
  const { region } = environment;
  return {
    stage: "ingest",
    says: "a mezzanine lands in a private bucket",
    widgets: [
      graph("Titles: ready, failed", region, [handled(environment, "TitlesReady"), handled(environment, "TitlesFailed")], FIVE_MINUTES), // prettier-ignore
      graph("Titles at work, stuck", region, [handled(environment, "TitlesAtWork", "Maximum"), handled(environment, "StuckTitles", "Maximum")]), // prettier-ignore
      graph("Uploads from the page: whole, refused", region, [handled(environment, "UploadsCompleted"), handled(environment, "UploadsRefused")], FIVE_MINUTES), // prettier-ignore
      graph("Events that nobody understood", region, [handled(environment, "EventsRejected")], FIVE_MINUTES),
    ],
  };
}

export function transcodeRow({ environment, queueArn }: RegionSources): Row {
  const { region } = environment;
  return {
    stage: "transcode",
    says: "MediaConvert makes an aligned adaptive ladder",
    widgets: [
      graph(
        "Jobs: completed, errored",
        region,
        [jobs(queueArn, "JobsCompletedCount"), jobs(queueArn, "JobsErroredCount")],
        FIVE_MINUTES,
      ),
      graph("The queue: waiting, in progress", region, [handled(environment, "JobsWaiting", "Maximum"), handled(environment, "JobsProgressing", "Maximum")]), // prettier-ignore
      graph("From upload to playable, seconds", region, [handled(environment, "SecondsToPlayable", "Average"), handled(environment, "SecondsToPlayable", "p90")], 3600), // prettier-ignore
    ],
  };
}

export function packageRow({ environment, packagingConfigurations }: RegionSources): Row {
  const { region } = environment;
  const requests = (range: "2xx" | "4xx" | "5xx"): Metric[] =>
    packagingConfigurations.map((id) => egressRequests(id, range));
  const says = "HLS, DASH and CMAF from one stored copy";
  if (packagingConfigurations.length === 0) {
    return {
      stage: "package",
      says,
      widgets: [text("Topology `direct`: MediaConvert writes the manifests, S3 serves them.")],
    };
  }
  return {
    stage: "package",
    says,
    widgets: [
      graph("Requests answered", region, requests("2xx")),
      graph("Requests refused and failed", region, [...requests("4xx"), ...requests("5xx")]),
      graph("Time to answer, milliseconds", region, packagingConfigurations.map(egressTime)),
    ],
  };
}

export function deliverRow({ distributionId, firewall }: EdgeSources, region: string): Row {
  const edge = (name: string, stat: string): Metric => edgeMetric(distributionId, name, stat);
  return {
    stage: "deliver",
    says: "CloudFront caches, and turns away what is not signed",
    widgets: [
      graph("Requests, blocked by the firewall", region, [edge("Requests", "Sum"), firewallMetric(firewall, "BlockedRequests")]), // prettier-ignore
      graph("Answered from the cache, %", region, [edge("CacheHitRate", "Average")], FIVE_MINUTES),
      graph("Refused and failed, %", region, [edge("4xxErrorRate", "Average"), edge("5xxErrorRate", "Average")]),
      graph("Origin latency, milliseconds", region, [edge("OriginLatency", "p50"), edge("OriginLatency", "p90")]),
    ],
  };
}

export function entitleRow({ environment, mintFunction }: RegionSources): Row {
  const { region } = environment;
  const mint = (metricName: string, stat: string): Metric => functionMetric(mintFunction, metricName, stat);
  return {
    stage: "entitle",
    says: "the viewer is checked, a cookie for one title is minted",
    widgets: [
      graph("Playback: minted, refused", region, [handled(environment, "PlaybackMinted"), handled(environment, "PlaybackRefused")]), // prettier-ignore
      graph("Downloads: minted, refused; titles withdrawn", region, [handled(environment, "DownloadsMinted"), handled(environment, "DownloadsRefused"), handled(environment, "TitlesWithdrawn")], FIVE_MINUTES), // prettier-ignore
      graph("The mint: errors, throttled", region, [mint("Errors", "Sum"), mint("Throttles", "Sum")]),
      graph("The mint, milliseconds", region, [mint("Duration", "p50"), mint("Duration", "p99")]),
      graph("The platform's own viewer", region, [handled(environment, "ChecksPassed"), handled(environment, "ChecksFailed"), handled(environment, "CheckMilliseconds", "Average")]), // prettier-ignore
    ],
  };
}
