import { EDGE_NUMBERS } from "./edge-view";
import { type LogView, since } from "./log-view";
import { REALTIME_LOG_FIELDS } from "./realtime-log-fields";

const NUMBERS: Readonly<Record<string, string>> = { ...EDGE_NUMBERS, timestamp_seconds: "double" };

/** Of the last quarter of an hour, by the clock of the edge; the hour before is read too, for what came late. */
const NOW = `${since(1, "hour")} AND timestamp_seconds > to_unixtime(now() - interval '15' minute)`;

/** A sample of the requests for media, seconds after they were answered. Lines of tabs, not JSON. */
export const REALTIME_VIEW: LogView = {
  name: "edge_now",
  folder: "edge-now",
  columns: Object.fromEntries(
    Object.values(REALTIME_LOG_FIELDS).map((column) => [column, NUMBERS[column] ?? "string"]),
  ),
  fields: "by position",
  questions: {
    "failures-now": `SELECT edge_location, status, detailed_result, count(*) AS requests
FROM edge_now WHERE ${NOW} AND (status >= 400 OR status = 0)
GROUP BY 1, 2, 3 ORDER BY requests DESC LIMIT 50`,
    "slow-titles-now": `SELECT split_part(path, '/', 3) AS prefix, result, approx_percentile(seconds_to_first_byte, 0.9) AS p90_seconds, count(*) AS requests
FROM edge_now WHERE ${NOW}
GROUP BY 1, 2 HAVING count(*) > 20 ORDER BY p90_seconds DESC LIMIT 50`,
  },
};
