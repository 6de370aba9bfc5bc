import { CloudwatchQueryDefinition } from "@cdktf/provider-aws/lib/cloudwatch-query-definition";
import { Construct } from "constructs";
import type { Environment } from "../../environments/environment";

/** A question that is asked of the logs, by name; the answer's newest or largest comes first. */
const QUERIES: Readonly<Record<string, readonly string[]>> = {
  "who-was-refused": [
    "filter code = 'PLAYBACK_REFUSED'",
    "stats count(*) as refusals by reason, assetId",
    "sort refusals desc",
  ],
  "slowest-titles": [
    "filter code = 'TITLE_READY'",
    "stats max(secondsToPlayable) as seconds by assetId",
    "sort seconds desc",
    "limit 20",
  ],
  // Multiplied by MediaConvert's price a minute; what delivery costs is asked of the edge's log.
  "cost-by-title": [
    "filter code = 'TITLE_READY'",
    "stats sum(renditionMinutes) as transcodedMinutes by assetId",
    "sort transcodedMinutes desc",
    "limit 50",
  ],
  // Put the title's id in the place of the example's.
  "story-of-a-title": [
    "fields @timestamp, correlationId, handler, code, message, reason",
    "filter assetId = 'first-light-0123456789ab'",
    "sort @timestamp asc",
  ],
  "what-failed": [
    "filter level = 'error' or level = 'warn'",
    "stats count(*) as times, latest(reason) as lastReason by code, handler, failure",
    "sort times desc",
  ],
  "stuck-titles": [
    "filter code = 'TITLE_STUCK'",
    "stats max(minutes) as minutes, latest(status) as status by correlationId",
    "sort minutes desc",
  ],
  "who-bypasses-the-edge": [
    "filter code = 'ORIGIN_SECRET_WRONG'",
    "stats count(*) as requests by handler, bin(5m)",
    "sort requests desc",
  ],
};

/** Saved questions to the logs of all functions, listed in CloudWatch Logs Insights under `vod-<env>/`. */
export class Queries extends Construct {
  constructor(scope: Construct, id: string, { name }: Environment, logGroups: readonly string[]) {
    super(scope, id);
    for (const [query, lines] of Object.entries(QUERIES)) {
      new CloudwatchQueryDefinition(this, query, {
        name: `vod-${name}/${query}`,
        logGroupNames: [...logGroups],
        queryString: lines.join("\n| "),
      });
    }
  }
}
