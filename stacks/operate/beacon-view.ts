import { BEACON_COLUMNS, BEACON_FOLDER } from "../../handlers/shared/beacon-record";
import { type LogView, since } from "./log-view";

/** Players send again what they had no answer to, and streams deliver twice at times: the first of a number counts. */
const HEARD = `WITH heard AS (
  SELECT *, row_number() OVER (PARTITION BY session_id, event_number ORDER BY received_at) AS copy
  FROM beacons WHERE ${since(1, "day")}
)`;

/** Of the time that viewers meant to watch, what they waited for in the middle of it. */
const REBUFFERED = "sum(rebuffer_seconds) / nullif(sum(watched_seconds) + sum(rebuffer_seconds), 0)";

/** How often something was begun and for how long it was watched, estimated where a sample reports. */
function plays(by: string, limit = 50): string {
  return `${HEARD}
SELECT ${by}, sum(CASE WHEN event = 'start' THEN 1 / sample_share ELSE 0 END) AS plays,
  coalesce(sum(watched_seconds / sample_share), 0) / 3600 AS hours
FROM heard WHERE copy = 1 GROUP BY 1 ORDER BY hours DESC LIMIT ${limit}`;
}

function rebuffering(by: string): string {
  return `${HEARD}
SELECT ${by}, ${REBUFFERED} AS rebuffering_ratio, sum(rebuffers) AS rebuffers, sum(watched_seconds) / 3600 AS hours
FROM heard WHERE copy = 1 AND event = 'played' GROUP BY 1 ORDER BY rebuffering_ratio DESC`;
}

/** What players measured; the local platform's page of numbers answers the same questions in the same way. */
export const BEACON_VIEW: LogView = {
  name: "beacons",
  folder: BEACON_FOLDER,
  columns: BEACON_COLUMNS,
  fields: {},
  questions: {
    "popular-titles": plays("asset_id"),
    "plays-by-country": plays("country"),
    "plays-by-device": plays("device"),
    "start-up-seconds": `${HEARD}
SELECT protocol, count(*) AS plays, approx_percentile(startup_seconds, 0.5) AS p50,
  approx_percentile(startup_seconds, 0.95) AS p95, approx_percentile(startup_seconds, 0.99) AS p99
FROM heard WHERE copy = 1 AND event = 'start' GROUP BY 1 ORDER BY plays DESC`,
    "rebuffering-by-rendition": rebuffering("rendition"),
    "rebuffering-by-country": rebuffering("country"),
    "playback-errors": `${HEARD}
SELECT code, count(*) AS errors, count(DISTINCT session_id) AS sessions
FROM heard WHERE copy = 1 AND event = 'error' GROUP BY 1 ORDER BY errors DESC`,
  },
};
