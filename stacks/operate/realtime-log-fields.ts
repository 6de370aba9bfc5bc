import { type EDGE_LOG_FIELDS } from "./edge-log-fields";

type Column = (typeof EDGE_LOG_FIELDS)[keyof typeof EDGE_LOG_FIELDS] | "timestamp_seconds";

/**
 * What is recorded of each request in real time, and how Athena calls it: what the edge's log holds, by the names of
 * real-time logs, and in the order in which CloudFront writes them, whatever order it is asked in. Left out, on purpose:
 * `cs-cookie` and `cs-uri-query`, in which signatures are; `cs-headers`, in which `Authorization` would be;
 * `cs-referer`, which may be an address with a query. `cs-uri-stem` ends with the query here, unlike in the edge's log:
 * so it is recorded only of paths that a cookie opens.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/real-time-logs.html#understand-real-time-log-config-fields
 */
export const REALTIME_LOG_FIELDS = {
  timestamp: "timestamp_seconds",
  "c-ip": "viewer_address",
  "time-to-first-byte": "seconds_to_first_byte",
  "sc-status": "status",
  "sc-bytes": "bytes",
  "cs-method": "method",
  "cs-uri-stem": "path",
  "x-edge-location": "edge_location",
  "x-edge-request-id": "request_id",
  "time-taken": "seconds",
  "cs-user-agent": "user_agent",
  "x-edge-result-type": "result",
  "x-edge-detailed-result-type": "detailed_result",
  "c-country": "viewer_country",
} as const satisfies Readonly<Record<string, Column>>;
