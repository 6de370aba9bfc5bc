import type { Metric } from "./metrics";

/** Every message that a handler logs. Operators search for the code; alarms watch the metrics. */
export interface LogEntry {
  readonly level: "info" | "warn" | "error";
  readonly message: string;
  /** Counts occurrences. */
  readonly metric?: Metric;
  /** Metrics that take the value of a field, where that is a number. */
  readonly measures?: Readonly<Record<string, Metric>>;
}

export const LOG_CODES = {
  EVENT_REJECTED: {
    level: "error",
    message: "The event cannot be understood; it is not retried",
    metric: "EventsRejected",
  },
  UPLOAD_IGNORED: { level: "info", message: "The upload concerns no title" },
  UPLOAD_DUPLICATE: { level: "info", message: "This upload is already on record" },
  UPLOAD_SUPERSEDED: { level: "warn", message: "A newer upload of the same key is already known" },
  UPLOAD_CLAIMED: { level: "info", message: "A version of a title was received" },
  SIDE_CAR_INCLUDED: { level: "info", message: "The newest version already has these captions" },
  SIDE_CAR_ALONE: { level: "info", message: "There is no video on record beside these captions" },
  MEZZANINE_REFUSED: { level: "warn", message: "The mezzanine cannot be prepared", metric: "TitlesFailed" },
  SUBMIT_REFUSED: { level: "error", message: "MediaConvert refused the job", metric: "TitlesFailed" },
  SUBMIT_OVERTAKEN: { level: "info", message: "The version moved on while its job was being submitted" },
  JOB_SUBMITTED: { level: "info", message: "The job was submitted", metric: "JobsSubmitted" },
  JOB_NOT_OURS: { level: "warn", message: "The job belongs to no version on record" },
  JOB_DUPLICATE: { level: "info", message: "The outcome of this job is already on record" },
  JOB_OUTDONE: { level: "info", message: "A newer version can already be watched; this one is left as it is" },
  JOB_WITHOUT_MANIFEST: {
    level: "error",
    message: "The job is complete but names no usable manifest",
    metric: "TitlesFailed",
  },
  JOB_FAILED: { level: "error", message: "The job failed", metric: "TitlesFailed" },
  ASSET_REFUSED: { level: "error", message: "MediaPackage refused the asset", metric: "TitlesFailed" },
  ASSET_REGISTERED: { level: "info", message: "MediaPackage is ingesting the asset" },
  ASSET_FAILED: { level: "error", message: "MediaPackage could not ingest the asset", metric: "TitlesFailed" },
  ASSET_WAITING: { level: "info", message: "Some packaging configurations are not playable yet" },
  ASSET_UNKNOWN: { level: "warn", message: "The asset belongs to no version on record" },
  TITLE_READY: {
    level: "info",
    message: "The version can be watched",
    metric: "TitlesReady",
    measures: { secondsToPlayable: "SecondsToPlayable" },
  },
  ORIGIN_SECRET_WRONG: {
    level: "warn",
    message: "The request did not come through the edge",
    metric: "RequestsBypassingEdge",
  },
  PLAYBACK_REFUSED: { level: "info", message: "Playback was refused", metric: "PlaybackRefused" },
  PLAYBACK_MINTED: { level: "info", message: "Cookies were minted", metric: "PlaybackMinted" },
  QUEUE_MEASURED: {
    level: "info",
    message: "Jobs in the transcoding queue",
    measures: { waiting: "JobsWaiting", progressing: "JobsProgressing" },
  },
  TITLES_MEASURED: {
    level: "info",
    message: "Titles that are being prepared",
    measures: { atWork: "TitlesAtWork", stuck: "StuckTitles" },
  },
  TITLE_STUCK: { level: "warn", message: "The version is being prepared for too long" },
  CHECK_PASSED: {
    level: "info",
    message: "A viewer can sign in and watch",
    metric: "ChecksPassed",
    measures: { milliseconds: "CheckMilliseconds" },
  },
  CHECK_FAILED: { level: "error", message: "A viewer cannot watch", metric: "ChecksFailed" },
  SESSION_ENDED: { level: "info", message: "A viewer gave a stream slot up" },
  TITLE_PUBLISHED: { level: "info", message: "An editor published a title" },
  TITLE_WITHDRAWN: { level: "warn", message: "An editor withdrew a title", metric: "TitlesWithdrawn" },
  LICENCE_SET: { level: "info", message: "An editor set the licence of a title" },
  EDIT_REFUSED: { level: "warn", message: "An editor's action was refused" },
  DOWNLOAD_REFUSED: { level: "info", message: "A download was refused", metric: "DownloadsRefused" },
  DOWNLOAD_MINTED: { level: "info", message: "The address of a file was signed", metric: "DownloadsMinted" },
  BEACONS_ACCEPTED: { level: "info", message: "A player told what it measured", metric: "BeaconsAccepted" },
  BEACONS_REFUSED: { level: "warn", message: "What a player told was refused", metric: "BeaconsRefused" },
  UPLOAD_REFUSED: { level: "info", message: "An upload was refused", metric: "UploadsRefused" },
  UPLOAD_STARTED: { level: "info", message: "A producer began an upload" },
  UPLOAD_COMPLETED: { level: "info", message: "A producer's upload is whole", metric: "UploadsCompleted" },
  UPLOAD_ABORTED: { level: "info", message: "A producer cancelled an upload" },
} as const satisfies Record<string, LogEntry>;

export type LogCode = keyof typeof LOG_CODES;
