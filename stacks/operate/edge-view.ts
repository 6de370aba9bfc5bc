import { EDGE_LOG_FIELDS } from "./edge-log-fields";
import { type LogView, since } from "./log-view";

/** Columns that are no text, and their types. */
export const EDGE_NUMBERS: Readonly<Record<string, string>> = {
  status: "int",
  bytes: "bigint",
  seconds: "double",
  seconds_to_first_byte: "double",
};

/** The edge's access log. */
export const EDGE_VIEW: LogView = {
  name: "edge",
  folder: "edge",
  columns: Object.fromEntries(
    Object.values(EDGE_LOG_FIELDS).map((column) => [column, EDGE_NUMBERS[column] ?? "string"]),
  ),
  fields: Object.fromEntries(Object.entries(EDGE_LOG_FIELDS).map(([field, column]) => [column, field])),
  questions: {
    "traffic-by-title": `SELECT split_part(path, '/', 3) AS prefix, count(*) AS requests, sum(bytes) / 1e9 AS gigabytes
FROM edge WHERE ${since(1, "day")} AND path LIKE '/v1/%'
GROUP BY 1 ORDER BY gigabytes DESC LIMIT 50`,
    "refusals-by-country": `SELECT viewer_country, detailed_result, count(*) AS requests
FROM edge WHERE ${since(6, "hour")} AND status = 403
GROUP BY 1, 2 ORDER BY requests DESC`,
    "slow-answers": `SELECT path, result, approx_percentile(seconds_to_first_byte, 0.9) AS p90_seconds, count(*) AS requests
FROM edge WHERE ${since(6, "hour")}
GROUP BY 1, 2 HAVING count(*) > 20 ORDER BY p90_seconds DESC LIMIT 50`,
  },
};
