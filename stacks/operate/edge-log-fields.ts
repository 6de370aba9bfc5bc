/**
 * What is recorded of each request, and how Athena calls it. Left out, on purpose: the query, in which a signed address
 * carries its signature, and the cookies; whoever read those could watch as the viewer.
 * Names: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logs-reference.html
 */
export const EDGE_LOG_FIELDS = {
  date: "day_utc",
  time: "time_utc",
  "x-edge-location": "edge_location",
  "c-ip": "viewer_address",
  "c-country": "viewer_country",
  "cs-method": "method",
  "cs-uri-stem": "path",
  "sc-status": "status",
  "sc-bytes": "bytes",
  "x-edge-result-type": "result",
  "x-edge-detailed-result-type": "detailed_result",
  "x-edge-request-id": "request_id",
  "time-taken": "seconds",
  "time-to-first-byte": "seconds_to_first_byte",
  "cs(User-Agent)": "user_agent",
} as const;

/** Where each hour's logs lie below the folder; partitions are found by it. */
export const EDGE_LOG_HOURS = "{yyyy}/{MM}/{dd}/{HH}";
