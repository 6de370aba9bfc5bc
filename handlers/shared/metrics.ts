/**
 * The metrics that log lines carry, by name, with CloudWatch's units: what the handlers emit and the stack's alarms and
 * dashboard read. Each is paid for by the month
 * (https://aws.amazon.com/cloudwatch/pricing/), so there are few, and none by viewer or title: logs tell those.
 */
export const METRICS = {
  EventsRejected: "Count",
  TitlesFailed: "Count",
  TitlesReady: "Count",
  /** From the upload's event until the version can be watched. */
  SecondsToPlayable: "Seconds",
  JobsSubmitted: "Count",
  /** In the transcoding queue, not yet begun. */
  JobsWaiting: "Count",
  JobsProgressing: "Count",
  /** Received and neither playable nor failed. */
  TitlesAtWork: "Count",
  /** Of those, the ones that are at it for too long. */
  StuckTitles: "Count",
  RequestsBypassingEdge: "Count",
  PlaybackRefused: "Count",
  PlaybackMinted: "Count",
  ChecksPassed: "Count",
  ChecksFailed: "Count",
  TitlesWithdrawn: "Count",
  DownloadsRefused: "Count",
  DownloadsMinted: "Count",
  BeaconsAccepted: "Count",
  BeaconsRefused: "Count",
  UploadsRefused: "Count",
  UploadsCompleted: "Count",
  /** From signing in to the last byte of the first segment. */
  CheckMilliseconds: "Milliseconds",
} as const;

export type Metric = keyof typeof METRICS;

export const METRIC_NAMESPACE = "Vod";

/** The one dimension: several environments may share an account. */
export const METRIC_DIMENSION = "environment";

/** Variable that every function has beside its contract; it names the environment. */
export const ENVIRONMENT_VARIABLE = "ENVIRONMENT";
