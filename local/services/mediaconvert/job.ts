import type { JobSettings } from "./model";

export type JobStatus = "SUBMITTED" | "PROGRESSING" | "COMPLETE" | "ERROR" | "CANCELED";
export type JobPhase = "PROBING" | "TRANSCODING" | "UPLOADING";

/** A job as it is kept; `settings` whole, under the names on the wire. */
export interface Job {
  readonly id: string;
  readonly arn: string;
  readonly role: string;
  readonly queue: string;
  readonly jobTemplate?: string;
  readonly priority: number;
  readonly clientRequestToken?: string;
  readonly userMetadata: Readonly<Record<string, string>>;
  readonly settings: JobSettings;
  readonly status: JobStatus;
  readonly phase?: JobPhase;
  readonly percent?: number;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly startedAt?: number;
  readonly finishedAt?: number;
  readonly errorCode?: number;
  readonly errorMessage?: string;
  readonly outputGroupDetails?: readonly GroupDetail[];
}

/** Of one output group, as in the COMPLETE event. */
export interface GroupDetail {
  readonly type: "HLS_GROUP" | "CMAF_GROUP" | "FILE_GROUP";
  /** `s3://` addresses of the group's manifests; a file group has none. */
  readonly playlistFilePaths?: readonly string[];
  readonly outputDetails: readonly OutputDetail[];
}

export interface OutputDetail {
  readonly outputFilePaths?: readonly string[];
  readonly durationInMs: number;
  readonly videoDetails?: {
    readonly widthInPx: number;
    readonly heightInPx: number;
    /** Bit/s, measured. */
    readonly averageBitrate?: number;
    readonly qvbrAvgQuality?: number;
    readonly qvbrMinQuality?: number;
    readonly qvbrMaxQuality?: number;
  };
}

/** The `Job` of the API; times are whole seconds since 1970, as the REST-JSON protocol writes them. */
export function jobOnTheWire(job: Job): Record<string, unknown> {
  const seconds = (ms: number | undefined) => (ms === undefined ? undefined : Math.floor(ms / 1000));
  return {
    id: job.id,
    arn: job.arn,
    role: job.role,
    queue: job.queue,
    jobTemplate: job.jobTemplate,
    priority: job.priority,
    clientRequestToken: job.clientRequestToken,
    userMetadata: job.userMetadata,
    settings: job.settings,
    status: job.status,
    currentPhase: job.status === "PROGRESSING" ? job.phase : undefined,
    jobPercentComplete: job.status === "COMPLETE" ? 100 : job.percent,
    createdAt: seconds(job.createdAt),
    timing: {
      submitTime: seconds(job.createdAt),
      startTime: seconds(job.startedAt),
      finishTime: seconds(job.finishedAt),
    },
    errorCode: job.errorCode,
    errorMessage: job.errorMessage,
    outputGroupDetails: job.outputGroupDetails?.map(({ outputDetails }) => ({
      // The API gives less of an output than the event does.
      outputDetails: outputDetails.map(({ durationInMs, videoDetails }) => ({
        durationInMs,
        videoDetails: videoDetails && { widthInPx: videoDetails.widthInPx, heightInPx: videoDetails.heightInPx },
      })),
    })),
    retryCount: 0,
    accelerationStatus: "NOT_APPLICABLE",
    statusUpdateInterval: "SECONDS_60",
    billingTagsSource: "QUEUE",
  };
}
